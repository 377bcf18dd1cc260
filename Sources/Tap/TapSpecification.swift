import Conversation

/// Where to listen and where to put clients through: `LISTEN=UPSTREAM`.
///
///     10025=mail.example.com:25            127.0.0.1:10025, the protocol by the port
///     [::1]:10110=pop3://[2001:db8::1]:110
///     10995=pop3s://pop.example.com:995    TLS from the first byte on, as ports 465, 993, 995 and others have it
///     unix:/run/tee.sock=lmtp+unix:/run/dovecot/lmtp
///     10025=exec:/usr/sbin/sendmail -bs    a child for each connection
///     10030=smtp+exec:/usr/sbin/exim -bs
public struct TapSpecification: Sendable, Equatable {
    public enum Upstream: Sendable, Equatable {
        case address(host: String, port: Int)
        case unix(path: String)
        case child(command: [String])
    }

    public enum Listen: Sendable, Equatable {
        case address(host: String, port: Int)
        case unix(path: String)

        /// `PORT` (on 127.0.0.1), `ADDRESS:PORT` or `unix:PATH`.
        public init(_ text: String) throws(TapError) {
            if text.hasPrefix("unix:") {
                self = .unix(path: String(text.dropFirst(5)))
            } else if let port = Int(text), (0...65_535).contains(port) {
                self = .address(host: "127.0.0.1", port: port)
            } else if let (host, port) = TapSpecification.hostAndPort(text) {
                self = .address(host: host, port: port)
            } else {
                throw TapError(
                    .badSpecification, "'\(text)' is no place to listen",
                    remedy: "Write PORT, ADDRESS:PORT (IPv6 in brackets) or unix:PATH.")
            }
        }
    }

    public var listen: Listen
    public var upstream: Upstream
    public var dialect: DialectName
    /// The server speaks TLS from the first byte on: said as `smtps://`, or by its port.
    public var isImplicitTLS: Bool

    public init(_ text: String) throws(TapError) {
        func bad(_ why: String) -> TapError {
            TapError(
                .badSpecification, "'\(text)' is no tap: \(why)",
                remedy:
                    "Write LISTEN=UPSTREAM, such as 10025=mail.example.com:25 or '10025=exec:/usr/sbin/sendmail -bs'.")
        }
        guard let equals = text.firstIndex(of: "=") else { throw bad("there is no '=' in it") }
        let left = String(text[..<equals])
        var right = String(text[text.index(after: equals)...])
        listen = try Listen(left)
        var named: DialectName?
        var saidTLS: Bool?
        for name in DialectName.allCases {
            for mark in ["", "s"] {
                for separator in ["://", "+"] where right.hasPrefix(name.rawValue + mark + separator) {
                    named = name
                    saidTLS = mark == "s"
                    right.removeFirst(name.rawValue.count + mark.count + separator.count)
                }
            }
        }
        if right.hasPrefix("exec:") {
            let words = Self.words(String(right.dropFirst(5)))
            guard !words.isEmpty else { throw bad("no command stands after exec:") }
            upstream = .child(command: words)
        } else if right.hasPrefix("unix:") {
            upstream = .unix(path: String(right.dropFirst(5)))
        } else if let (host, port) = Self.hostAndPort(right), port > 0 {
            upstream = .address(host: host, port: port)
        } else {
            throw bad("'\(right)' is neither HOST:PORT, nor unix:PATH, nor exec:COMMAND")
        }
        dialect = named ?? Self.guess(listen: listen, upstream: upstream)
        let byPort = if case .address(_, let port) = upstream { Self.portsWithTLS.contains(port) } else { false }
        isImplicitTLS = saidTLS == true || byPort
    }

    private static let portsWithTLS: Set<Int> = [443, 465, 563, 990, 993, 995, 6697]

    /// `HOST:PORT`, an IPv6 address in brackets.
    static func hostAndPort(_ text: String) -> (String, Int)? {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port)
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            return nil
        }
        return host.isEmpty ? nil : (host, port)
    }

    /// Words as a shell reads them: blanks between, quotes and backslashes taken off.
    static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in text {
            if isEscaped {
                word = (word ?? "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if character == quote {
                quote = nil
            } else if quote == nil, character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if quote == nil, character == " " || character == "\t" {
                if let whole = word { words.append(whole) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if let word { words.append(word) }
        return words
    }

    private static func guess(listen: Listen, upstream: Upstream) -> DialectName {
        switch upstream {
        case .address(_, let port):
            if let dialect = dialect(port: port) { return dialect }
        case .child(let command):
            if let dialect = dialect(command: command) { return dialect }
        case .unix(let path):
            if path.contains("lmtp") { return .lmtp }
        }
        if case .address(_, let port) = listen, let dialect = dialect(port: port) { return dialect }
        return .plain
    }

    /// The protocols' own ports, those that mail tools use for tests, and those of the page of 1997.
    public static func dialect(port: Int) -> DialectName? {
        switch port {
        case 25, 465, 587, 2525, 1025, 10_025, 10_021, 30: .smtp
        case 24: .lmtp
        case 110, 995, 1110, 10_110, 31: .pop3
        case 143, 993, 1143, 10_143: .imap
        case 80, 443, 8000, 8080: .http
        case 119, 563: .nntp
        case 21, 990: .ftp
        case 4190: .sieve
        case 6667, 6697: .irc
        default: nil
        }
    }

    /// What a child speaks, by its name and arguments.
    public static func dialect(command: [String]) -> DialectName? {
        guard let first = command.first else { return nil }
        let program = first.split(separator: "/").last.map(String.init) ?? first
        // busybox is many programs; which one, its first argument says.
        let name = program == "busybox" && command.count > 1 ? command[1] : program
        if name.contains("sieve") { return .sieve }
        if name.contains("nnrpd") || name == "innd" { return .nntp }
        if name.contains("ftpd") { return .ftp }
        if name.contains("httpd") || name == "nginx" { return .http }
        if name.contains("ircd") { return .irc }
        if name.contains("pop3") || name.contains("popa3d") || name.contains("popper") { return .pop3 }
        if name.contains("imap") { return .imap }
        if name.contains("lmtp") { return .lmtp }
        if name.contains("sendmail") || name.contains("exim") || name.contains("smtpd") || name.contains("postfix") {
            return .smtp
        }
        return nil
    }
}
