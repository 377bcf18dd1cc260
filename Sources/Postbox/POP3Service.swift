import Dialects
import Wire

/// The embedded POP3 server (RFC 1939): the mailbox as it stood at login, whoever logs in.
public struct POP3Service: Service {
    private let mailbox: Mailbox
    private let hostname: String
    private let stamp = "\(UInt64.random(in: 0...UInt64.max))"
    private var lines = CommandLines()
    private var phase = POP3Phase.authorization
    private var stepsLeft = 0
    private var entries: [Mailbox.Entry] = []
    private var deleted: Set<UInt64> = []
    private var tls: ServiceTLS
    public private(set) var isOver = false

    public init(mailbox: Mailbox, hostname: String, offersTLS: Bool = false) {
        self.mailbox = mailbox
        self.hostname = hostname
        tls = offersTLS ? .offered : .notOffered
    }

    public var awaitsTLS: Bool { tls == .awaited }

    public mutating func secured() {
        self = POP3Service(mailbox: mailbox, hostname: hostname)
        tls = .secure
    }

    public mutating func opened() -> [UInt8] {
        reply("+OK mailtee ready <\(stamp)@\(hostname)>")
    }

    public mutating func received(_ bytes: Span<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        var index = 0
        while index < bytes.count, !isOver, !awaitsTLS {
            let (next, line) = lines.take(bytes, from: index)
            index = next
            switch line {
            case .line(let line): output += heard(line)
            case .tooLong: output += reply("-ERR line too long")
            case nil: break
            }
        }
        return output
    }

    private mutating func heard(_ line: [UInt8]) -> [UInt8] {
        if stepsLeft > 0 { return step(line) }
        let words = ASCII.words(line[...])
        guard let first = words.first else { return reply("-ERR no command") }
        let verb = ASCII.uppercased(first)
        guard let command = POP3Command.named(verb), !["LANG", "UTF8"].contains(verb) else {
            return reply("-ERR command not known")
        }
        guard command.phases.contains(phase) else { return reply("-ERR \(verb) may not be said here") }
        let argument = words.count > 1 ? words[1] : []
        switch verb {
        case "USER": return reply(argument.isEmpty ? "-ERR USER needs a name" : "+OK now PASS")
        case "PASS", "APOP": return words.count > 1 ? open() : reply("-ERR \(verb) needs an argument")
        case "AUTH": return authentication(words)
        case "CAPA":
            let offer = tls == .offered ? ["STLS"] : []
            return listing(
                "+OK",
                offer + ["TOP", "USER", "UIDL", "PIPELINING", "SASL PLAIN LOGIN CRAM-MD5", "IMPLEMENTATION mailtee"])
        case "STLS":
            guard tls == .offered else { return reply("-ERR TLS is not offered here") }
            tls = .awaited
            return reply("+OK begin TLS")
        case "STAT":
            let left = entries.filter { !deleted.contains($0.number) }
            return reply("+OK \(left.count) \(left.reduce(0) { $0 + $1.bytes.count })")
        case "LIST": return list(argument) { "\($0.bytes.count)" }
        case "UIDL": return list(argument) { "mailtee-\(stamp)-\($0.number)" }
        case "RETR", "TOP": return message(words)
        case "DELE":
            guard let entry = entry(argument) else { return reply("-ERR no such message") }
            deleted.insert(entry.number)
            return reply("+OK deleted")
        case "RSET":
            deleted = []
            return reply("+OK")
        case "QUIT":
            if phase == .transaction { mailbox.remove(deleted) }
            isOver = true
            return reply("+OK bye")
        default: return reply("+OK")
        }
    }

    private mutating func open() -> [UInt8] {
        entries = mailbox.entries()
        phase = .transaction
        return reply("+OK \(entries.count) messages")
    }

    private mutating func authentication(_ words: [ArraySlice<UInt8>]) -> [UInt8] {
        guard words.count > 1 else { return listing("+OK", ["PLAIN", "LOGIN", "CRAM-MD5"]) }
        let hasInitial = words.count > 2
        switch ASCII.uppercased(words[1]) {
        case "PLAIN":
            if hasInitial { return open() }
            stepsLeft = 1
            return reply("+ ")
        case "LOGIN":
            stepsLeft = hasInitial ? 1 : 2
            return reply(hasInitial ? "+ UGFzc3dvcmQ6" : "+ VXNlcm5hbWU6")
        case "CRAM-MD5":
            stepsLeft = 1
            return reply("+ " + Base64.encode(Array("<\(stamp)@\(hostname)>".utf8)))
        default: return reply("-ERR mechanism not known")
        }
    }

    private mutating func step(_ line: [UInt8]) -> [UInt8] {
        stepsLeft -= 1
        guard line != [Byte.star], Base64.decode(line) != nil else {
            stepsLeft = 0
            return reply("-ERR cancelled")
        }
        return stepsLeft > 0 ? reply("+ UGFzc3dvcmQ6") : open()
    }

    private func entry(_ argument: ArraySlice<UInt8>) -> Mailbox.Entry? {
        guard let number = ASCII.number(argument), number > 0, number <= UInt64(entries.count) else { return nil }
        let entry = entries[Int(number) - 1]
        return deleted.contains(entry.number) ? nil : entry
    }

    private func list(_ argument: ArraySlice<UInt8>, _ fact: (Mailbox.Entry) -> String) -> [UInt8] {
        guard argument.isEmpty else {
            guard let entry = entry(argument) else { return reply("-ERR no such message") }
            return reply("+OK \(argument.text) \(fact(entry))")
        }
        return listing(
            "+OK",
            entries.enumerated().filter { !deleted.contains($0.element.number) }
                .map { "\($0.offset + 1) \(fact($0.element))" })
    }

    private func listing(_ first: String, _ lines: [String]) -> [UInt8] {
        reply(([first] + lines + ["."]).joined(separator: "\r\n"))
    }

    private func message(_ words: [ArraySlice<UInt8>]) -> [UInt8] {
        guard words.count > 1, let entry = entry(words[1]) else { return reply("-ERR no such message") }
        var bytes = entry.bytes
        if ASCII.equal(words[0], "TOP") {
            guard words.count > 2, let count = ASCII.number(words[2]) else { return reply("-ERR TOP needs a number") }
            bytes = Self.top(bytes, lines: count)
        }
        var output = reply("+OK \(bytes.count) octets")
        var stuffing = DotStuffing()
        stuffing.feed(bytes.span, into: &output)
        stuffing.finish(into: &output)
        return output
    }

    /// The header, the empty line, and so many lines of the body (RFC 1939 §7).
    private static func top(_ bytes: [UInt8], lines: UInt64) -> [UInt8] {
        var left = lines
        var inHeader = true
        var index = 0
        while index < bytes.count {
            let end = bytes.span.firstIndex(of: Byte.lf, from: index).map { $0 + 1 } ?? bytes.count
            if inHeader {
                let line = bytes[index..<end]
                if line.count == 1 || line.count == 2 && line.first == Byte.cr { inHeader = false }
            } else {
                guard left > 0 else { break }
                left -= 1
            }
            index = end
        }
        return Array(bytes[..<index])
    }
}
