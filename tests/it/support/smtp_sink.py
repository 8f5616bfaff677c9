"""aiosmtpd as a server that keeps each message byte for byte: smtp_sink.py PORT FOLDER.

For message number N two files appear, the second last and by rename, so that who sees it may read both:
N.eml holds the bytes after dot-unstuffing, N.json the envelope. A line with the port is printed once it listens.
"""

import asyncio
import json
import os
import pathlib
import sys

from aiosmtpd.smtp import SMTP


class Sink:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        name = f"{self.count:06}"
        (self.folder / f"{name}.eml").write_bytes(envelope.original_content)
        unfinished = self.folder / f"{name}.json.part"
        unfinished.write_text(json.dumps({
            "sender": envelope.mail_from,
            "recipients": envelope.rcpt_tos,
            "parameters": envelope.mail_options,
            "helo": session.host_name,
        }))
        os.replace(unfinished, self.folder / f"{name}.json")
        return "250 2.0.0 kept"


async def main():
    port, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    sink = Sink(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(sink, hostname="sink.example", data_size_limit=100 * 1024 * 1024, enable_SMTPUTF8=False),
        "127.0.0.1",
        port,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
