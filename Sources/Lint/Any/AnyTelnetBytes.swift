import Conversation
import Wire

/// The client says bytes of Telnet.
struct AnyTelnetBytes: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "any.telnet-bytes",
        title: Words("Somebody types with telnet", ja: "telnet で入力されている"),
        severity: .note,
        side: .client,
        clause: "RFC 5321 §2.4; RFC 854",
        means: Words(
            """
            The byte 0xFF and those behind it are words of Telnet: its program says them where the connection is not \
            to port 23 of a server for it, or where a key such as Ctrl-C is pressed. The server takes them for part \
            of the command.
            """,
            ja: """
                バイト 0xFF とそれに続くバイトは Telnet の制御語です。Telnet でないサーバーに接続したときや、Ctrl-C \
                などのキーが押されたときに送られ、サーバーはコマンドの一部と見なします。
                """),
        remedy: Words(
            "Use a program that sends bytes as they are, such as nc, openssl s_client or swaks.",
            ja: "nc、openssl s_client、swaks など、バイトをそのまま送るプログラムを使ってください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: \\xFF\\xF4\\xFF\\xFD\\x06EHLO client.example.com
            S: 500 5.5.1 unknown command
            C: QUIT
            S: 221 mx.example.com
            end: client-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 mx.example.com
            end: client-closed
            """,
        dialects: [.smtp, .lmtp, .pop3, .imap, .nntp, .sieve, .irc],
        besides: ["smtp.client.unknown-verb"])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, session.layer == .clear, line.secretFrom == nil,
            line.kind == .command || line.kind == .line, let start = line.bytes.firstIndex(of: Self.iac),
            start + 1 < line.bytes.count, line.bytes[start + 1] >= Self.firstWord, line.bytes[0] != 0x16
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client's line \(Quote.of(line)) holds words of Telnet. The server takes them for part of the \
                command.
                """,
                ja: """
                    クライアントの行 \(Quote.of(line)) に Telnet の制御語が含まれています。サーバーはコマンドの一部\
                    と見なします。
                    """))
    }

    /// Interpret as Command.
    private static let iac: UInt8 = 0xFF
    /// The words of Telnet are 240 to 255.
    private static let firstWord: UInt8 = 0xF0
}
