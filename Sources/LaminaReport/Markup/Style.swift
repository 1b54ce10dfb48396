/// The style sheet of pages, whose colours have enough contrast on light and dark backgrounds.
enum Style {
  /// The number of colours for series. Further series start over with the first colour, dashed.
  static let colourCount = 6

  static let sheet = """
    :root { color-scheme: light dark; --ink: #1b1f24; --soft: #59636e; --paper: #ffffff; \
    --card: #f6f8fa; --line: #d1d9e0; --warn: #9a3b00; --heat: #0b5cad; \
    --c0: #0b61a4; --c1: #b3470a; --c2: #20732f; --c3: #7a3aa0; --c4: #a01f4b; --c5: #4c5a00; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #a3adb8; \
    --paper: #0f1318; --card: #171c23; --line: #353d47; --warn: #ffb27a; --heat: #4aa3ff; \
    --c0: #6db6ff; --c1: #ffa05c; --c2: #7fd68b; --c3: #cf9cf0; --c4: #ff8fb0; --c5: #d0d872; } }
    * { box-sizing: border-box; }
    body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); \
    max-width: 72rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
    h1 { font-size: 1.6rem; line-height: 1.2; } h2 { font-size: 1.25rem; margin: 1.5rem 0 .5rem; }
    h3 { font-size: 1rem; margin: 0 0 .5rem; } p { margin: .25rem 0; }
    .warning { color: var(--warn); font-weight: 600; }
    .figures { display: grid; gap: 1rem; margin-top: .75rem; \
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
    figure { margin: 0; padding: .9rem; background: var(--card); border: 1px solid var(--line); \
    border-radius: .5rem; min-width: 0; } .whole { grid-column: 1 / -1; }
    figcaption { color: var(--soft); font-size: .875rem; margin-top: .25rem; }
    svg { display: block; width: 100%; height: auto; max-width: 46rem; margin: 0 auto; }
    svg text { fill: var(--ink); font: 13px system-ui, sans-serif; }
    svg .soft { fill: var(--soft); } svg .grid { stroke: var(--line); } \
    svg .on { fill: var(--paper); font-weight: 600; }
    svg .ink { stroke: var(--ink); } svg .cell { fill: var(--heat); } svg .none { fill: none; }
    .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; \
    margin: 0 0 .25rem; font-size: .875rem; }
    .legend span { display: inline-block; width: 1.4rem; border-top: 3px solid; \
    vertical-align: middle; margin-right: .4rem; } .legend .dashed { border-top-style: dashed; }
    .pictures { display: grid; gap: .75rem; padding: 0; margin: 0; list-style: none; \
    grid-template-columns: repeat(auto-fill, minmax(5.5rem, 1fr)); font-size: .8125rem; }
    .pictures img { width: 100%; height: auto; image-rendering: pixelated; display: block; \
    border: 2px solid var(--line); border-radius: .25rem; }
    .pictures .mistake img { border-color: var(--warn); } .pictures b { color: var(--warn); }
    .weights { grid-template-columns: repeat(auto-fill, minmax(3.5rem, 1fr)); gap: .4rem; }
    details { margin-top: .5rem; font-size: .875rem; } summary { cursor: pointer; color: var(--soft); }
    .wide { overflow-x: auto; } table { border-collapse: collapse; white-space: nowrap; }
    th, td { padding: .2rem .6rem; border-bottom: 1px solid var(--line); text-align: right; \
    font-variant-numeric: tabular-nums; } th[scope=row], th:first-child { text-align: left; }

    """
}
