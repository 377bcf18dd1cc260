import Conversation
import Dialects
import Wire

/// What the peers say before TLS, or instead of it: hears them agree on it, and changes what the user asked to have changed
/// on its way. No input and no output of its own.
struct ClearPhase: ~Copyable {
    enum Step {
        case toServer([UInt8])
        case toClient([UInt8])
        case remark(String)
        /// The client was told to begin TLS: its next byte is of its handshake.
        case agreed
        /// The server agreed on TLS that mailtee asked it for. What it greeted with is for the client.
        case serverAgreed(greeting: [UInt8])
        /// In words.
        case serverRefused(String)
    }

    let words: AgreementWords
    private let plan: TLSPlan
    private let fault: TLSFault?
    private let dialect: DialectName
    private var machine: Dialect
    private var editor: CapabilityEditor?
    private var hasToldEdit = false
    /// Asks the server for TLS before its client is heard.
    private var request: TLSRequest?
    /// The client asked for TLS, and earlier commands still wait for their answers.
    private var asked: Utterance?
    /// A line of the client's that can still become that command.
    private var held: [UInt8] = []
    /// Bytes of a line that waits to become it.
    private static let longestRequest = 256
    /// What the client said behind that.
    private var behind: [UInt8] = []
    /// Nothing more is to be looked at.
    var isOver = false

    init(plan: TLSPlan, fault: TLSFault?, dialect: DialectName) {
        self.plan = plan
        self.fault = fault
        self.dialect = dialect
        words = AgreementWords(dialect: dialect)
        machine = Dialect(dialect)
        if plan.client == TLSPlan.Leg.none || fault == .stripAnnouncement {
            editor = CapabilityEditor(.remove, dialect)
        } else if plan.client == .starttls {
            editor = CapabilityEditor(.add, dialect)
        }
        if plan.server == .starttls { request = TLSRequest(dialect) }
    }

    /// What the server says is an answer to mailtee's own question.
    var isAsking: Bool { request != nil }

    /// What `direction` says may have to be changed on its way.
    func mayChange(_ direction: Direction) -> Bool {
        guard !isOver else { return false }
        switch direction {
        case .client: return asked != nil || takesCommand || fault == .injectCommand
        case .server: return request != nil || editor != nil || asked != nil || fault == .injectResponse
        }
    }

    /// What `direction` says has to be followed.
    func looksAt(_ direction: Direction) -> Bool {
        guard !isOver else { return false }
        return plan == .together || plan.client == .starttls || mayChange(.server)
    }

    /// mailtee itself answers the command by which the client asks for TLS.
    private var takesCommand: Bool { plan.client == .starttls || fault == .refuseCommand }

    /// Hears what has passed.
    mutating func heard(_ direction: Direction, _ bytes: Span<UInt8>) -> [Step] {
        var sink = SecretSink()
        machine.received(bytes, from: direction, at: .now(), into: &sink)
        return sink.tlsBegins ? agree([]) : []
    }

    /// The client speaks inside TLS from here on. What the server still offers in clear is not to be offered there.
    mutating func clientIsSecure() {
        let hides = plan.server == TLSPlan.Leg.none
        guard hides || plan.client == TLSPlan.Leg.none else {
            isOver = true
            return
        }
        var sink = AgreementSink()
        machine.secured(at: .now(), into: &sink)
        asked = nil
        isSecure = true
        editor = hides ? CapabilityEditor(.remove, dialect) : nil
    }

    private var isSecure = false

    // MARK: - The client

    mutating func clientSaid(_ bytes: [UInt8]) -> [Step] {
        guard asked == nil else {
            // It does not wait for the answer. What it says now goes nowhere yet.
            behind += bytes
            _ = hear(bytes[...], from: .client)
            return []
        }
        var steps: [Step] = []
        var passed: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Self.line(&rest)
            let heard = hear(piece, from: .client)
            // The line may come in pieces, and none of them is to go on if it turns out to be the command.
            let line = held + piece
            held = []
            guard let command = heard.command, isRequest(command), !isSecure else {
                if takesCommand, !isSecure, mayBecomeRequest(line) { held = line } else { passed += line }
                continue
            }
            if takesCommand {
                asked = command
                behind = Array(rest)
                _ = hear(rest, from: .client)
                rest = []
            } else {
                passed += line + words.injectedCommand
                steps.append(.remark(TLSFault.injectCommand.told))
            }
        }
        if !passed.isEmpty { steps.insert(.toServer(passed), at: 0) }
        return steps + answerIfDue()
    }

    /// This beginning of a line can become the command.
    private func mayBecomeRequest(_ line: [UInt8]) -> Bool {
        guard line.last != Byte.lf, line.count <= Self.longestRequest else { return false }
        let text = ASCII.words(line[...])
        guard let word = text.dropFirst(dialect == .imap ? 1 : 0).first else { return true }
        return words.verb.hasPrefix(ASCII.uppercased(word.filter { $0 != Byte.cr }))
    }

    private func isRequest(_ command: Utterance) -> Bool {
        let text = ASCII.words(command.bytes[...])
        let place = dialect == .imap ? 1 : 0
        return text.count > place && ASCII.uppercased(text[place]) == words.verb
    }

    /// The client asked mailtee for TLS, and all that it asked the server before is answered.
    private mutating func answerIfDue() -> [Step] {
        guard let command = asked, dialect == .imap || machine.awaitedVerb == words.verb else { return [] }
        asked = nil
        defer { behind = [] }
        if fault == .refuseCommand {
            let refusal = words.refusal(to: command.bytes)
            _ = hear(refusal[...], from: .server)
            return [.remark(TLSFault.refuseCommand.told), .toClient(refusal)]
                + (behind.isEmpty ? [] : [.toServer(behind)])
        }
        let words = words.goAhead(to: command.bytes)
        _ = hear(words[...], from: .server)
        var steps: [Step] = []
        if !behind.isEmpty {
            steps.append(
                .remark(
                    "the \(behind.count) bytes that the client said in clear behind \(self.words.verb) were thrown away"
                ))
        }
        return steps + agree(words)
    }

    // MARK: - The server

    mutating func serverSaid(_ bytes: [UInt8]) -> [Step] {
        if request != nil { return answered(bytes) }
        var rest = bytes[...]
        var passed: [UInt8] = []
        var begins = false
        while !rest.isEmpty {
            let answer = awaitedAnswer
            var piece = Self.line(&rest)
            if begins {
                piece = piece + rest
                rest = []
            }
            if !begins, var editor {
                passed += editor.pass(piece, answering: answer)
                self.editor = editor
            } else {
                passed += piece
            }
            begins = hear(piece, from: .server).begins || begins
        }
        if begins { return agree(passed) }
        let told = tellEdit()
        return (passed.isEmpty ? [] : [.toClient(passed)]) + told + answerIfDue()
    }

    private mutating func tellEdit() -> [Step] {
        guard let editor, editor.hasEdited, editor.edit == .remove, !hasToldEdit else { return [] }
        hasToldEdit = true
        return [
            .remark(
                fault == .stripAnnouncement
                    ? TLSFault.stripAnnouncement.told
                    : "mailtee took the server's offer of \(words.verb) out of its answer")
        ]
    }

    private var awaitedAnswer: CapabilityEditor.Answer {
        switch (dialect, machine.awaitedVerb) {
        case (.imap, _): .atAnyTime
        case (.pop3, "CAPA"): .listing
        case (.smtp, "EHLO"), (.lmtp, "LHLO"): .extensions
        default: .other
        }
    }

    /// The client is told to begin TLS by the end of `bytes`, if any, or has been.
    private mutating func agree(_ bytes: [UInt8]) -> [Step] {
        guard fault == .injectResponse else { return (bytes.isEmpty ? [] : [.toClient(bytes)]) + [.agreed] }
        let injected = words.inClear
        _ = hear(injected[...], from: .server)
        return [.remark(TLSFault.injectResponse.told), .toClient(bytes + injected), .agreed]
    }

    /// What the server answered to mailtee's own request.
    private mutating func answered(_ bytes: [UInt8]) -> [Step] {
        guard var request else { return [] }
        let step = request.received(bytes)
        self.request = request
        switch step {
        case .wait: return []
        case .say(let words): return [.toServer(words)]
        case .refused(let why):
            self.request = nil
            return [.serverRefused(why)]
        case .agreed(let greeting, let surplus):
            self.request = nil
            var steps = [Step.remark("mailtee asked the server for TLS: " + request.dialogue.joined(separator: " · "))]
            if !surplus.isEmpty {
                steps.append(
                    .remark(
                        "the \(surplus.count) bytes that the server said in clear behind its agreement were thrown away: "
                            + Picture.of(Array(surplus.prefix(200)))))
            }
            return steps + [.serverAgreed(greeting: greeting)]
        }
    }

    // MARK: - Hearing

    /// Takes one line off `rest`, or what there is of it.
    private static func line(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let end = rest.firstIndex(of: Byte.lf).map { $0 + 1 } ?? rest.endIndex
        defer { rest = rest[end...] }
        return rest[..<end]
    }

    private mutating func hear(_ bytes: ArraySlice<UInt8>, from direction: Direction) -> AgreementSink {
        var sink = AgreementSink()
        machine.received(bytes.span, from: direction, at: .now(), into: &sink)
        return sink
    }
}

/// Hears the words by which peers agree on TLS.
private struct AgreementSink: ConversationSink {
    /// The last command that was heard.
    var command: Utterance?
    var begins = false

    mutating func utterance(_ utterance: Utterance) {
        if utterance.kind == .command { command = utterance }
    }

    mutating func tlsBegins(at: Timestamp) {
        begins = true
    }
}
