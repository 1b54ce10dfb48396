"""The learning rates of PyTorch's schedulers, step by step: makes schedules.json.

Run as `python schedules.py > schedules.json` with PyTorch 2.13. Each list has the share of the
optimiser's learning rate (of `max_lr` for one cycle) in each step of 12 epochs of 5 steps.
"""
import json

import torch
from torch.optim import lr_scheduler as schedulers

EPOCHS, STEPS_PER_EPOCH = 12, 5
STEPS = EPOCHS * STEPS_PER_EPOCH
RATE = 0.5


def rates(make):
    """`make` returns the schedulers that move on after epochs, and those that do after steps."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=RATE)
    epochly, steply = make(optimizer)
    shares = []
    for _ in range(EPOCHS):
        for _ in range(STEPS_PER_EPOCH):
            shares.append(optimizer.param_groups[0]["lr"] / RATE)
            optimizer.step()
            for scheduler in steply:
                scheduler.step()
        for scheduler in epochly:
            scheduler.step()
    return shares


def warm_up(optimizer, steps):
    return schedulers.LinearLR(optimizer, start_factor=1 / steps, total_iters=steps - 1)


def one_cycle(steps, **options):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=RATE)
    scheduler = schedulers.OneCycleLR(
        optimizer, max_lr=RATE, total_steps=steps, cycle_momentum=False, **options)
    shares = []
    for step in range(steps):
        shares.append(optimizer.param_groups[0]["lr"] / RATE)
        optimizer.step()
        if step < steps - 1:
            scheduler.step()
    return shares


def plateau(values, mode, **options):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=RATE)
    scheduler = schedulers.ReduceLROnPlateau(
        optimizer, mode=mode, min_lr=options.pop("minimum", 0) * RATE, **options)
    shares = []
    for value in values:
        scheduler.step(value)
        shares.append(optimizer.param_groups[0]["lr"] / RATE)
    return {"values": values, "shares": shares}


falling = [1.0, 0.9, 0.8, 0.8, 0.8, 0.7999, 0.7998, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.4, 0.4, 0.4]
rising = [0.1, 0.5, 0.5, 0.5005, 0.4, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.8]
print(json.dumps({
    "epochs": EPOCHS, "steps_per_epoch": STEPS_PER_EPOCH,
    "step": rates(lambda o: ([schedulers.StepLR(o, step_size=3, gamma=0.1)], [])),
    "exponential": rates(lambda o: ([schedulers.ExponentialLR(o, gamma=0.9)], [])),
    "cosine": rates(
        lambda o: ([], [schedulers.CosineAnnealingLR(o, T_max=STEPS, eta_min=0.1 * RATE)])),
    "warm_up": rates(lambda o: ([], [warm_up(o, 7)])),
    "warm_up_step": rates(
        lambda o: ([schedulers.StepLR(o, step_size=1, gamma=0.5)], [warm_up(o, 10)])),
    "one_cycle": one_cycle(STEPS),
    "one_cycle_short": one_cycle(7, pct_start=0.4, div_factor=10, final_div_factor=100),
    "plateau": plateau(falling, "min", patience=2),
    "plateau_minimum": plateau(falling, "min", patience=0, factor=0.5, minimum=0.2, threshold=0.01),
    "plateau_accuracy": plateau(rising, "max", patience=1, factor=0.3, threshold=0.01),
}))
