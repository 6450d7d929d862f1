"""Pictures that other sites show where somebody links to a page here: 1200 × 630, drawn once for each revision."""
