import Dialects
import Wire

/// The embedded SMTP server (RFC 5321): takes every message into the mailbox, accepts every login.
public struct SMTPService: Service {
    private enum Mode {
        case command
        case data
        case chunk(remaining: UInt64, last: Bool)
        /// Steps of AUTH still to come from the client.
        case authentication(steps: Int)
    }

    private let mailbox: Mailbox
    private let hostname: String
    private var lines = CommandLines()
    private var mode = Mode.command
    private var phase = SMTPPhase.hello
    private var recipients = 0
    /// The message comes in chunks, so it cannot go on with DATA (RFC 3030 §2).
    private var isChunked = false
    private var message: [UInt8] = []
    private var isTooBig = false
    private var end = DotEnd()
    private var unstuffing = DotUnstuffing()
    private var tls: ServiceTLS
    public private(set) var isOver = false

    public init(mailbox: Mailbox, hostname: String, offersTLS: Bool = false) {
        self.mailbox = mailbox
        self.hostname = hostname
        tls = offersTLS ? .offered : .notOffered
    }

    public var awaitsTLS: Bool { tls == .awaited }

    public mutating func secured() {
        self = SMTPService(mailbox: mailbox, hostname: hostname)
        tls = .secure
    }

    public mutating func opened() -> [UInt8] {
        reply("220 \(hostname) ESMTP mailtee")
    }

    public mutating func received(_ bytes: Span<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        var index = 0
        while index < bytes.count, !isOver, !awaitsTLS {
            switch mode {
            case .command, .authentication:
                let (next, line) = lines.take(bytes, from: index)
                index = next
                switch line {
                case .line(let line): output += heard(line)
                case .tooLong: output += reply("500 5.5.6 line too long")
                case nil: break
                }
            case .data:
                let stop = end.scan(bytes, from: index)
                let part = index..<(stop ?? bytes.count)
                var plain: [UInt8] = []
                unstuffing.feed(bytes.extracting(part), into: &plain)
                keep(plain)
                index = part.upperBound
                if stop != nil { output += finished() }
            case .chunk(let remaining, let last):
                let count = Int(clamping: min(remaining, UInt64(bytes.count - index)))
                if phase == .recipient { keep(bytes.copy(index..<(index + count))) }
                index += count
                mode = .chunk(remaining: remaining - UInt64(count), last: last)
                if remaining == UInt64(count) { output += chunkFinished(last: last) }
            }
        }
        return output
    }

    private mutating func keep(_ bytes: [UInt8]) {
        if message.count + bytes.count > PostboxLimits.message { isTooBig = true }
        if isTooBig { message = [] } else { message += bytes }
    }

    private mutating func finished() -> [UInt8] {
        defer { reset() }
        mode = .command
        guard !isTooBig else { return reply("552 5.3.4 message exceeds \(PostboxLimits.message) octets") }
        mailbox.add(message)
        return reply("250 2.0.0 kept")
    }

    private mutating func chunkFinished(last: Bool) -> [UInt8] {
        mode = .command
        guard phase == .recipient else { return reply("503 5.5.1 RCPT first") }
        return last ? finished() : reply("250 2.0.0 chunk taken")
    }

    private mutating func reset() {
        if phase != .hello { phase = .ready }
        recipients = 0
        isChunked = false
        message = []
        isTooBig = false
    }

    private mutating func heard(_ line: [UInt8]) -> [UInt8] {
        if case .authentication(let steps) = mode { return step(line, left: steps - 1) }
        let words = ASCII.words(line[...])
        guard let first = words.first else { return reply("500 5.5.2 no command") }
        let verb = ASCII.uppercased(first)
        guard let command = SMTPCommand.named(verb), verb != "LHLO", verb != "ETRN" else {
            return reply("500 5.5.1 command not recognized")
        }
        // A chunk follows its command whatever is answered, and is read even where it is refused (RFC 3030 §2).
        if verb == "BDAT" { return chunk(words) }
        guard command.phases.contains(phase) else { return reply("503 5.5.1 \(verb) may not be said here") }
        switch verb {
        case "EHLO", "HELO":
            guard words.count >= 2 else { return reply("501 5.5.4 \(verb) needs a name") }
            phase = .ready
            reset()
            return verb == "HELO" ? reply("250 \(hostname)") : extensions
        case "MAIL", "RCPT": return path(line, verb: verb)
        case "DATA":
            guard !isChunked else { return reply("503 5.5.1 the message has begun with BDAT") }
            mode = .data
            end = DotEnd()
            unstuffing = DotUnstuffing()
            return reply("354 end with a dot on a line by itself")
        case "AUTH": return authentication(words)
        case "STARTTLS":
            guard tls == .offered else { return reply("502 5.5.1 TLS is not offered here") }
            guard words.count == 1 else { return reply("501 5.5.4 STARTTLS has no parameters") }
            tls = .awaited
            return reply("220 2.0.0 begin TLS")
        case "RSET":
            reset()
            return reply("250 2.0.0 reset")
        case "NOOP": return reply("250 2.0.0 ok")
        case "HELP": return reply("214 2.0.0 EHLO HELO MAIL RCPT DATA BDAT RSET NOOP VRFY AUTH QUIT")
        case "QUIT":
            isOver = true
            return reply("221 2.0.0 \(hostname) closing")
        default: return reply("252 2.1.5 try and see")
        }
    }

    private mutating func chunk(_ words: [ArraySlice<UInt8>]) -> [UInt8] {
        guard words.count >= 2, let size = ASCII.number(words[1]) else { return reply("501 5.5.4 BDAT needs a size") }
        let last = words.count > 2 && ASCII.equal(words[2], "LAST")
        mode = .chunk(remaining: size, last: last)
        isChunked = phase == .recipient
        return size == 0 ? chunkFinished(last: last) : []
    }

    private var extensions: [UInt8] {
        var keywords = [
            "PIPELINING", "SIZE \(PostboxLimits.message)", "8BITMIME", "SMTPUTF8", "CHUNKING", "ENHANCEDSTATUSCODES",
            "AUTH PLAIN LOGIN CRAM-MD5",
        ]
        if tls == .offered { keywords.insert("STARTTLS", at: 0) }
        var output = reply("250-\(hostname)")
        for (index, keyword) in keywords.enumerated() {
            output += reply((index == keywords.count - 1 ? "250 " : "250-") + keyword)
        }
        return output
    }

    private mutating func path(_ line: [UInt8], verb: String) -> [UInt8] {
        let text = ASCII.uppercased(line)
        let wanted = verb == "MAIL" ? "MAIL FROM:" : "RCPT TO:"
        guard text.hasPrefix(wanted), line.contains(Byte.less), line.contains(Byte.greater) else {
            return reply("501 5.5.4 write \(wanted)<address>")
        }
        if verb == "MAIL" {
            if let size = text.range(ofSize: "SIZE="), size > UInt64(PostboxLimits.message) {
                return reply("552 5.3.4 message exceeds \(PostboxLimits.message) octets")
            }
            phase = .mail
            return reply("250 2.1.0 sender ok")
        }
        guard recipients < PostboxLimits.recipients else { return reply("452 4.5.3 too many recipients") }
        recipients += 1
        phase = .recipient
        return reply("250 2.1.5 recipient ok")
    }

    private mutating func authentication(_ words: [ArraySlice<UInt8>]) -> [UInt8] {
        guard words.count >= 2 else { return reply("501 5.5.4 AUTH needs a mechanism") }
        let hasInitial = words.count > 2
        switch ASCII.uppercased(words[1]) {
        case "PLAIN":
            if hasInitial { return reply("235 2.7.0 welcome") }
            mode = .authentication(steps: 1)
            return reply("334 ")
        case "LOGIN":
            mode = .authentication(steps: hasInitial ? 1 : 2)
            return reply(hasInitial ? "334 UGFzc3dvcmQ6" : "334 VXNlcm5hbWU6")
        case "CRAM-MD5":
            mode = .authentication(steps: 1)
            return reply("334 " + Base64.encode(Array("<\(UInt64.random(in: 0...UInt64.max))@\(hostname)>".utf8)))
        default: return reply("504 5.5.4 mechanism not known")
        }
    }

    private mutating func step(_ line: [UInt8], left: Int) -> [UInt8] {
        mode = .command
        if line == [Byte.star] { return reply("501 5.7.0 cancelled") }
        guard Base64.decode(line) != nil else { return reply("501 5.5.2 that is not base64") }
        guard left > 0 else { return reply("235 2.7.0 welcome") }
        mode = .authentication(steps: left)
        return reply("334 UGFzc3dvcmQ6")
    }
}

extension String {
    /// The number after `key` in a list of parameters.
    fileprivate func range(ofSize key: String) -> UInt64? {
        for word in split(separator: " ") where word.hasPrefix(key) {
            return ASCII.number(word.dropFirst(key.count).utf8)
        }
        return nil
    }
}
