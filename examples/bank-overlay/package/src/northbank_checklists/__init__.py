"""Northbank's checklists; the folder `checklists/` of the installed package is the shelf."""
