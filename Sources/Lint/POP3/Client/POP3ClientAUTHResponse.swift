import Conversation
import Wire

/// A step of a login that stands where none is due.
struct POP3ClientAUTHResponse: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "pop3.client.auth-response",
        title: Words("The client's steps of AUTH do not fit the server's", ja: "AUTH でのクライアントの応答がサーバーと噛み合っていない"),
        severity: .error,
        side: .client,
        clause: "RFC 5034 §4",
        means: Words(
            """
            In AUTH the two take turns: to each `+` of the server's the client says one line, however long. A line \
            that comes unasked, and what was broken into several lines, is taken for an answer to something else, or \
            for a command, and the login fails; it may stand in the server's log then.
            """,
            ja: """
                AUTH では双方が交互に送り、サーバーの `+` ごとにクライアントはどれほど長くても 1 行で応答します。求められてい\
                ない行や複数行に分けた応答は、別の応答やコマンドと見なされてログインに失敗し、サーバーのログに残ることもありま\
                す。
                """),
        remedy: Words(
            """
            Let the client wait for the server's `+`, and answer it in one line: base64 without line breaks (many \
            libraries put one behind each 76 characters unless told otherwise). After -ERR it has nothing to add.
            """,
            ja: """
                クライアントはサーバーの `+` を待ち、改行のない base64 の 1 行で応答してください (多くのライブラリーは既定で 76 \
                文字ごとに改行を入れます)。-ERR の後は何も送りません。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: AUTH LOGIN
            S: + VXNlcm5hbWU6
            C: «YWxpY2U=»
            C: «c2VjcmV0»
            S: -ERR malformed response
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: AUTH LOGIN
            S: + VXNlcm5hbWU6
            C: «YWxpY2U=»
            S: + UGFzc3dvcmQ6
            C: «c2VjcmV0»
            S: +OK logged in
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    private enum Fault {
        case early
        case lines
    }

    /// Since the server said something.
    private var lines = 0
    /// In this AUTH.
    private var challenges = 0
    private var fault: (Fault, place: Place, length: Int)?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard session.followsPOP3, line.end != .none else { return nil }
        switch (line.direction, line.kind) {
        case (.server, .challenge):
            lines = 0
            challenges += 1
        case (.server, _): lines = 0
        case (.client, .command):
            if session.command?.verb == "AUTH" {
                lines = 0
                challenges = 0
                fault = nil
            } else if let command = session.command, isLeftover(line, command, in: session) {
                return finding(line, in: session)
            }
        case (.client, .response):
            lines += 1
            guard fault == nil, lines > 1 || challenges == 0 else { break }
            fault = (lines > 1 && challenges > 0 ? .lines : .early, Place(line), line.length)
        case (.client, _): break
        }
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "AUTH" else { return nil }
        defer {
            fault = nil
            challenges = 0
        }
        guard let fault, session.followsPOP3 else { return nil }
        let reply = exchange.replies.last { $0.code != "+" }
        let isTaken = reply?.code == "+OK"
        let answer =
            reply.map { Words("It was answered \(Quote.of($0)).", ja: "応答は \(Quote.of($0)) でした。") }
            ?? Words("It was not answered.", ja: "応答はありませんでした。")
        let said = Quote.command(of: exchange)
        switch fault.0 {
        case .early:
            return finding(
                at: fault.place, in: session, severity: isTaken ? .warning : nil,
                means: Words(
                    """
                    The client said \(said) and a step of the login at once, without waiting for the server's `+`. \
                    \(answer.en)
                    """,
                    ja: """
                        クライアントは \(said) を送り、サーバーの `+` を待たずに認証の応答を続けて送りました。\(answer.ja)
                        """))
        case .lines:
            return finding(
                at: fault.place, in: session, severity: isTaken ? .warning : nil,
                means: Words(
                    """
                    In \(said) the client said more than one line to one `+` of the server's: its response was broken \
                    into lines, or the next step came before it was asked for. \(answer.en)
                    """,
                    ja: """
                        \(said) でクライアントはサーバーの一つの `+` に 2 行以上を送りました。応答が改行で分割されたか、次の応答\
                        が求められる前に送られています。\(answer.ja)
                        """))
        }
    }

    /// What is no command stands behind an AUTH that was refused, or that carried its response.
    private func isLeftover(_ line: Utterance, _ command: SpokenCommand, in session: SessionSoFar) -> Bool {
        guard !POP3Verbs.isKnown(command.verb), command.arguments.isEmpty, line.bytes.count >= Self.shortest,
            line.bytes.count % 4 == 0, line.dropped == 0,
            line.bytes.allSatisfy({ $0.isLetter || $0.isDigit || Self.signs.contains($0) }),
            // A word of another protocol's.
            !line.bytes.allSatisfy({ $0.isLetter && $0 == $0.uppercased })
        else { return false }
        if let asked = session.pop3.asked { return asked.verb == "AUTH" && asked.arguments > 1 }
        return session.pop3.told.map { $0.verb == "AUTH" && $0.code == "-ERR" } ?? false
    }

    private func finding(_ line: Utterance, in session: SessionSoFar) -> Finding {
        let isRefused = session.pop3.asked == nil
        // Nothing of it is quoted: it is most of a secret.
        return finding(
            at: Place(line), in: session,
            means: Words(
                isRefused
                    ? """
                    The server had refused AUTH, and the client sent a line of \(line.bytes.count) characters of base64 \
                    all the same: a step of that login, which the server takes for a command.
                    """
                    : """
                    Behind its AUTH with an initial response the client sent one more line, \(line.bytes.count) \
                    characters of base64: the response was broken into lines, and the server takes the second for a \
                    command.
                    """,
                ja: isRefused
                    ? """
                    サーバーは AUTH を拒否したのに、クライアントは base64 の \(line.bytes.count) 文字の行を送りました。認証の応答と\
                    思われますが、サーバーはこれをコマンドと見なします。
                    """
                    : """
                    クライアントは初期応答付きの AUTH に続けて、base64 の \(line.bytes.count) 文字の行をもう 1 行送りました。応答が\
                    改行で分割されており、サーバーは 2 行目をコマンドと見なします。
                    """))
    }

    /// Shorter words may be anything.
    private static let shortest = 8
    private static let signs: Set<UInt8> = [UInt8(ascii: "+"), UInt8(ascii: "/"), Byte.equals]
}
