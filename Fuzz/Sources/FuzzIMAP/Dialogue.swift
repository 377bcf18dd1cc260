import Conversation
import Dialects
import Fuzzing
import Wire

/// A conversation by RFC 9051, and what is to be told of it: which bytes are secret, which commands were answered how and
/// in which state, and the messages.
struct Dialogue {
    private var choices: Choices
    private let cuts: Cuts
    private var turns: [(direction: Direction, bytes: [UInt8])] = []
    private var expected = Heard()
    private var phase = IMAPPhase.greeting
    private var lastTag = 0

    /// Longer than a line that a machine keeps whole. At most once, and in few conversations, since it takes its time.
    private var longLine: String?
    private static let commands = 16

    init(_ input: [UInt8]) {
        cuts = Cuts(pattern: Array(input.prefix(4)))
        choices = Choices(Array(input.dropFirst(4)))
        if choices.oneIn(16) { longLine = String(repeating: "1,", count: IMAPLimits.line / 2) }
        greet()
        var left = Self.commands
        while !choices.isEmpty, left > 0, phase != .logout {
            command()
            left -= 1
        }
    }

    var script: Script { Script(turns.map { .said($0.direction, $0.bytes) }, cuts: cuts) }

    func check() throws(Violation) {
        var heard = Heard()
        var machine = Dialect(.imap)
        let time = Timestamp(nanoseconds: 0)
        for (direction, bytes) in turns {
            heard.willFeed(bytes, from: direction)
            machine.received(bytes.span, from: direction, at: time, into: &heard)
        }
        machine.finished(at: time, into: &heard)
        if let difference = heard.difference(from: expected) { throw Violation("by the RFC: \(difference)") }
    }

    // MARK: - Saying

    private mutating func say(_ direction: Direction, _ bytes: [UInt8], secret: Bool = false) {
        guard !bytes.isEmpty else { return }
        expected.said(bytes, by: direction, secret: secret)
        if turns.last?.direction == direction {
            turns[turns.count - 1].bytes += bytes
        } else {
            turns.append((direction, bytes))
        }
    }

    private mutating func client(_ text: String) { say(.client, Array(text.utf8)) }
    private mutating func server(_ text: String) { say(.server, Array(text.utf8)) }

    private mutating func tag() -> String {
        if !choices.oneIn(8) { lastTag += 1 }
        return choices.one(of: ["a", "A00", "[", "-"]) + String(lastTag)
    }

    private mutating func takeLongLine() -> String {
        defer { longLine = nil }
        return longLine ?? ""
    }

    /// What is only for people.
    private mutating func words() -> String {
        choices.one(of: ["", " done", " {5}", " not understood: a1 LOGIN a b {3+}", " [ALERT] * BYE"])
    }

    /// Text in one line, quoted.
    private mutating func quoted() -> [UInt8] {
        var bytes = [Byte.quote]
        for byte in choices.bytes(atMost: 40) where ![Byte.nul, Byte.cr, Byte.lf].contains(byte) {
            if byte == Byte.quote || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
        return bytes + [Byte.quote]
    }

    private mutating func atom() -> [UInt8] {
        let special = Array("(){%*\"\\".utf8)
        let bytes = choices.bytes(atMost: 40).filter { (0x21...0x7E).contains($0) && !special.contains($0) }
        return bytes.isEmpty ? [UInt8(ascii: "x")] : bytes
    }

    private mutating func content() -> [UInt8] {
        choices.one(of: [
            choices.bytes(atMost: 60), [], Array("a1 OK done\r\na2 LOGIN a b\r\n".utf8),
            Array("* BYE\r\n{4+}\r\n".utf8),
        ])
    }

    /// - Returns: false where the server refused a literal, and with it the command.
    private mutating func argument(secret: Bool = false, literalSecret: Bool = false) -> Bool {
        switch choices.below(4) {
        case 0: say(.client, atom(), secret: secret)
        case 1: say(.client, quoted(), secret: secret)
        default: return literal(content(), secret: literalSecret)
        }
        return true
    }

    private mutating func literal(_ content: [UInt8], secret: Bool = false) -> Bool {
        let waits = choices.oneIn(2)
        client("{\(content.count)\(waits ? "" : "+")}\r\n")
        if waits {
            if choices.oneIn(4) { return false }
            server("+\(words())\r\n")
        }
        say(.client, content, secret: secret)
        return true
    }

    private mutating func message() -> Bool {
        let content = content()
        guard literal(content) else { return false }
        expected.messages.append("client \(content)")
        return true
    }

    /// The server says what nobody asked for.
    private mutating func untagged() {
        while choices.oneIn(3) {
            switch choices.below(5) {
            case 0: server("* \(choices.one(of: ["OK", "NO"]))\(words())\r\n")
            case 1: server("* 4 EXISTS\r\n")
            case 2:
                server("* LIST () NIL ")
                serverString()
                server("\r\n")
            case 3: server("* SEARCH \(takeLongLine())1\r\n")
            default: fetched()
            }
        }
    }

    private mutating func fetched() {
        server("* 7 FETCH (")
        repeat {
            switch choices.below(6) {
            case 0: server("FLAGS (\\Seen) ")
            case 1: server("BODY[] NIL ")
            case 2:
                server("ENVELOPE (NIL ")
                if choices.oneIn(4) { server(takeLongLine() + " ") }
                serverString()
                server(" NIL) ")
            case 3:
                server("BODY[HEADER.FIELDS (SUBJECT)] ")
                if let content = serverString() { expected.messages.append("server \(content)") }
                server(" ")
            default:
                let content = content()
                let item = choices.one(of: ["BODY[]", "BODY[]<0>", "RFC822", "BINARY[]"])
                server("\(item) \(item == "BINARY[]" ? "~" : ""){\(content.count)}\r\n")
                say(.server, content)
                server(" ")
                expected.messages.append("server \(content)")
            }
        } while choices.oneIn(2)
        server("UID 1)\r\n")
    }

    /// - Returns: what was said as a literal.
    @discardableResult private mutating func serverString() -> [UInt8]? {
        if choices.oneIn(2) {
            say(.server, quoted())
            return nil
        }
        let content = content()
        server("{\(content.count)}\r\n")
        say(.server, content)
        return content
    }

    // MARK: - Commands

    private mutating func greet() {
        let word = choices.one(of: ["OK", "OK", "PREAUTH"])
        server("* \(word)\(words())\r\n")
        expected.exchanges.append("- \(word) greeting")
        phase = word == "OK" ? .notAuthenticated : .authenticated
    }

    private mutating func command() {
        untagged()
        let tag = tag()
        let before = phase
        switch choices.below(9) {
        case 0, 1: login(tag)
        case 2, 3: authenticate(tag)
        case 4:
            client("\(tag) APPEND ")
            var isWhole = argument()
            if isWhole {
                client(" (\\Seen)")
                repeat {
                    client(" ")
                    isWhole = message()
                } while isWhole && choices.oneIn(3)
            }
            end(tag, "APPEND", isWhole: isWhole)
        case 5:
            client("\(tag) UID SEARCH ")
            if choices.oneIn(4) { client(takeLongLine() + "1 ") }
            var isWhole = true
            repeat {
                client("SUBJECT ")
                isWhole = argument()
                if isWhole { client(" ") }
            } while isWhole && choices.oneIn(2)
            if isWhole { client("ALL") }
            end(tag, "UID SEARCH", isWhole: isWhole)
        case 6:
            client("\(tag) IDLE\r\n")
            server("+\(words())\r\n")
            expected.exchanges.append("IDLE + \(before.rawValue)")
            untagged()
            client("DONE\r\n")
            complete(tag, "DONE", in: before)
        case 7: pipelined()
        default:
            let verb = choices.one(of: ["SELECT", "EXAMINE", "CLOSE", "NOOP", "LOGOUT"])
            client("\(tag) \(verb)")
            if verb == "SELECT" || verb == "EXAMINE" {
                client(" ")
                guard argument() else { return end(tag, verb, isWhole: false) }
            }
            end(tag, verb, isWhole: true)
        }
    }

    /// The command ends, or was given up for a literal that the server refuses; then it is completed.
    private mutating func end(_ tag: String, _ verb: String, isWhole: Bool, steps: Int = 0) {
        let before = phase
        if isWhole { client("\r\n") }
        untagged()
        complete(tag, verb, in: before, isRefused: !isWhole, steps: steps)
    }

    private mutating func complete(
        _ tag: String, _ verb: String, in before: IMAPPhase, isRefused: Bool = false, steps: Int = 0
    ) {
        let code = isRefused ? choices.one(of: ["NO", "BAD"]) : choices.one(of: ["OK", "OK", "NO", "BAD"])
        if verb == "LOGOUT", code == "OK" { server("* BYE\(words())\r\n") }
        server("\(tag) \(code)\(words())\r\n")
        let codes = Array(repeating: "+", count: steps) + [code]
        expected.exchanges.append("\(verb) \(codes.joined(separator: ",")) \(before.rawValue)")
        switch (verb, code) {
        case ("LOGIN", "OK"), ("AUTHENTICATE", "OK"), ("CLOSE", "OK"): phase = .authenticated
        case ("SELECT", "OK"), ("EXAMINE", "OK"): phase = .selected
        case ("SELECT", "NO"), ("EXAMINE", "NO"): if phase == .selected { phase = .authenticated }
        case ("LOGOUT", "OK"): phase = .logout
        // What may be said in another state only shows that it is that one.
        case ("APPEND", "OK"), ("STATUS", "OK"), ("DONE", "OK"):
            if phase == .notAuthenticated { phase = .authenticated }
        case ("UID SEARCH", "OK"), ("FETCH", "OK"): phase = .selected
        default: break
        }
    }

    private mutating func login(_ tag: String) {
        client("\(tag) \(choices.one(of: ["LOGIN", "login"])) ")
        // A user said as a literal is masked too.
        guard user() else { return end(tag, "LOGIN", isWhole: false) }
        client(" ")
        end(tag, "LOGIN", isWhole: argument(secret: true, literalSecret: true))
    }

    /// A name with a blank in it is masked from there on: the quote might not be closed.
    private mutating func user() -> Bool {
        switch choices.below(3) {
        case 0:
            say(.client, atom())
            return true
        case 1: return literal(content(), secret: true)
        default: break
        }
        let name = quoted()
        let end = (name.firstIndex(where: \.isBlank) ?? name.count - 2) + 1
        say(.client, Array(name[..<end]))
        say(.client, Array(name[end...].dropLast()), secret: true)
        client("\"")
        return true
    }

    private mutating func authenticate(_ tag: String) {
        let mechanism = choices.one(of: ["PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256", "XOAUTH2", "OAUTHBEARER"])
        let before = phase
        client("\(tag) AUTHENTICATE \(mechanism)")
        if choices.oneIn(2) {
            client(" ")
            let response = base64()
            say(.client, Array((response.isEmpty ? "=" : response).utf8), secret: true)
        }
        client("\r\n")
        var steps = 0
        while steps < IMAPLimits.challenges, choices.oneIn(2) {
            steps += 1
            server("+ \(base64())\r\n")
            if choices.oneIn(5) {
                client("*\r\n")
                break
            }
            say(.client, Array(base64().utf8), secret: true)
            client("\r\n")
        }
        complete(tag, "AUTHENTICATE", in: before, steps: steps)
    }

    private mutating func base64() -> String {
        Base64.encode(choices.bytes(atMost: 20))
    }

    /// Commands that are said at once and completed in any order.
    private mutating func pipelined() {
        var waiting: [(tag: String, verb: String)] = []
        for _ in 0...choices.below(4) {
            lastTag += 1
            let verb = choices.one(of: ["NOOP", "FETCH", "STATUS", "X-A"])
            waiting.append(("p\(lastTag)", verb))
            client("p\(lastTag) \(verb) 1\r\n")
        }
        let before = phase
        while !waiting.isEmpty {
            untagged()
            let next = waiting.remove(at: choices.below(waiting.count))
            complete(next.tag, next.verb, in: before)
        }
    }
}
