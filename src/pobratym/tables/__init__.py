"""Spreadsheets: reading within limits, writing so that no cell is ever run as a formula."""
