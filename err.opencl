lamina: cannot open t.csv: No such file or directory
