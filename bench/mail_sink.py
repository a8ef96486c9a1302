"""The fastest mail server Python can be: it answers, counts, and keeps nothing. `python -m bench.mail_sink` prints its
port; each line on its standard input is answered with the number of mails since the last one."""

import socket
import sys
import threading

counter = [0]


def serve(connection: socket.socket) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(b"220 sink\r\n")
    pending, in_body = b"", False
    while chunk := connection.recv(262_144):
        pending += chunk
        answers = []
        while True:
            if in_body:
                end = pending.find(b"\r\n.\r\n")
                if end < 0:
                    break
                pending, in_body = pending[end + 5 :], False
                counter[0] += 1
                answers.append(b"250 taken\r\n")
                continue
            end = pending.find(b"\r\n")
            if end < 0:
                break
            line, pending = pending[:end], pending[end + 2 :]
            verb = line[:4].upper()
            if verb == b"DATA":
                in_body = True
                answers.append(b"354 go\r\n")
            elif verb == b"EHLO":
                answers.append(b"250-sink\r\n250 PIPELINING\r\n")
            elif verb == b"QUIT":
                connection.sendall(b"".join(answers) + b"221 bye\r\n")
                connection.close()
                return
            else:
                answers.append(b"250 ok\r\n")
        if answers:
            connection.sendall(b"".join(answers))


def main() -> None:
    server = socket.create_server(("127.0.0.1", 0))
    print(server.getsockname()[1], flush=True)

    def accept() -> None:
        while True:
            connection, _address = server.accept()
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    for _line in sys.stdin:
        count, counter[0] = counter[0], 0
        print(count, flush=True)


if __name__ == "__main__":
    main()
