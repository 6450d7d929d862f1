"""Log lines that cannot be forged by what a visitor sends."""

import logging


class OneLine(logging.Filter):
    """Makes every record one line: carriage returns and line feeds become visible escapes."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "\n" in message or "\r" in message:
            record.msg = message.replace("\r", "\\r").replace("\n", "\\n")
            record.args = ()
        return True
