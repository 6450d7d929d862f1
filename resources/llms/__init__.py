"""What language models read: every entry as clean Markdown, and /llms.txt, which tells them what there is."""
