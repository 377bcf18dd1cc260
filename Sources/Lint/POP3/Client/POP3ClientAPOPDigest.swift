import Conversation
import Wire

/// An APOP digest of a length that no MD5 has.
struct POP3ClientAPOPDigest: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "pop3.client.apop-digest",
        title: Words("The digest of APOP does not have 32 digits", ja: "APOP のダイジェストが 32 桁でない"),
        severity: .error,
        side: .client,
        clause: "RFC 1939 §7",
        means: Words(
            """
            The digest is MD5 of the timestamp and the secret, as 32 hexadecimal digits in lower case. \
            What has another length is none, and the login must fail. mailtee keeps no more of a digest \
            than its length, so that its digits are not looked at.
            """,
            ja: """
                ダイジェストはタイムスタンプと共有秘密を合わせた MD5 で、小文字の十六進数 32 桁です。長さが違えばダイジェストではなく、ログインは必ず失敗します。mailtee \
                はダイジェストの長さしか残さないため、桁の中身は調べていません。
                """),
        remedy: Words(
            """
            Let the client say the 16 octets of MD5 as 32 digits, 0 to 9 and a to f, with one space \
            between name and digest.
            """,
            ja: """
                クライアントは MD5 の 16 オクテットを 0-9 と a-f の 32 桁で表し、名前との間に空白 1 個を置いて送ってください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK ready <1896.697170952@pop.example.com>
            C: APOP alice «c4c9334bac560ecc979e58001b3e22»
            S: -ERR no
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK ready <1896.697170952@pop.example.com>
            C: APOP alice «c4c9334bac560ecc979e58001b3e22fb»
            S: +OK logged in
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    private static let digits = 32

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.kind == .command, line.end != .none, line.dropped == 0,
            session.command?.verb == "APOP"
        else { return nil }
        guard let secret = line.secretFrom else {
            return finding(
                at: Place(line), in: session,
                means: Words(
                    """
                    The client said \(Quote.of(line, command: session.command)), without a digest. The server \
                    must refuse that.
                    """,
                    ja: """
                        クライアントはダイジェストを付けずに \(Quote.of(line, command: session.command)) を送りました。サーバーはこれを必ず拒否しま\
                        す。
                        """))
        }
        // A CR before the line end is told of elsewhere.
        let length = line.bytes[min(secret, line.bytes.count)...].count { $0 != Byte.cr }
        guard length != Self.digits else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client said \(Quote.of(line)); the length of the digest is \(length), and that of MD5 is \
                \(Self.digits).
                """,
                ja: """
                    クライアントは \(Quote.of(line)) を送りました。ダイジェストは \(length) 文字ですが、MD5 なら \(Self.digits) 文字です。
                    """))
    }
}
