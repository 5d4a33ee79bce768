"""The windows of Cosigne: they show the house in `crm` and decide nothing themselves."""
