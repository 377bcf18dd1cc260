import Conversation
import Lint
import Testing
import Wire

@Suite struct LinterTests {
    /// One finding for each NOOP.
    private struct EachNOOP: Rule {
        static let hears: RuleEvents = [.exchange]
        static let about = RuleDescription(
            id: "smtp.client.noop", title: Words("NOOP", ja: "NOOP"), severity: .note, side: .client,
            clause: "RFC 5321 §4.1.1.9",
            means: Words("It does nothing.", ja: "It does nothing."),
            remedy: Words("Leave it out.", ja: "Leave it out."), violating: "", conforming: "", dialects: [.smtp],
            repeats: true)

        mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
            guard exchange.verb == "NOOP" else { return nil }
            let bytes = SpokenBytes(.client, offset: exchange.offset, length: exchange.length)
            return finding(
                at: Place(at: exchange.asked, bytes: bytes), in: session,
                means: Words("NOOP was said.", ja: "NOOP was said."))
        }
    }

    /// The end of the session, and that each NOOP has its cause in it.
    private struct TheEnd: Rule {
        static let hears: RuleEvents = [.ended]
        static let about = RuleDescription(
            id: "smtp.client.end", title: Words("The end", ja: "The end"), severity: .warning, side: .client,
            clause: "RFC 5321 §4.1.1.10",
            means: Words("It is over.", ja: "It is over."), remedy: Words("Go on.", ja: "Go on."), violating: "",
            conforming: "", explains: [EachNOOP.self])

        mutating func ended(in session: SessionSoFar) -> Finding? {
            finding(at: Place(at: session.last), in: session, means: Words(session.end?.text ?? "goes on", ja: ""))
        }
    }

    /// Writes down all that it hears.
    private struct Everything: Rule {
        static let hears: RuleEvents = [
            .utterance, .exchange, .capabilities, .messageBegan, .messageBytes, .messageEnded, .agreedOnTLS, .handshake,
            .ended,
        ]
        static let about = RuleDescription(
            id: "smtp.client.everything", title: Words("Everything", ja: "Everything"), severity: .note, side: .message,
            clause: "RFC 5321",
            means: Words("", ja: ""), remedy: Words("", ja: ""), violating: "", conforming: "")
        private var heard: [String] = []

        mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
            heard.append("\(line.direction) \(line.kind)")
            return nil
        }
        mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
            heard.append("exchange \(session.exchange ?? -1) \(exchange.verb)")
            return nil
        }
        mutating func capabilities(_ listing: CapabilityListing, in session: SessionSoFar) -> Finding? {
            heard.append("capabilities")
            return nil
        }
        mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? {
            heard.append("message")
            return nil
        }
        mutating func messageBytes(
            _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp,
            in session: SessionSoFar
        ) -> Finding? {
            heard.append("\(bytes.count) bytes")
            return nil
        }
        mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
            heard.append(message.complete ? "whole" : "cut")
            return nil
        }
        mutating func agreedOnTLS(at time: Timestamp, in session: SessionSoFar) -> Finding? {
            heard.append("agreed \(session.layer)")
            return nil
        }
        mutating func handshake(_ facts: TLSFacts, at time: Timestamp, in session: SessionSoFar) -> Finding? {
            heard.append("handshake \(facts.leg) \(session.layer)")
            return nil
        }
        mutating func ended(in session: SessionSoFar) -> Finding? {
            finding(at: Place(at: session.last), in: session, means: Words(heard.joined(separator: "\n"), ja: ""))
        }
    }

    @Test func hearsEverythingInOrder() throws {
        let transcript = try RuleTranscript(
            """
            protocol: smtp
            S: 220 mx
            C: EHLO a
            S: 250-mx
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go
            tls client
            C: DATA
            S: 354 go
            C: hello
            C: .
            S: 250 ok
            """)
        let heard = transcript.lint(rules: [Everything.self]).findings.map(\.means.en)
        #expect(
            heard == [
                """
                server reply
                exchange 0 
                client command
                server reply
                server reply
                exchange 1 EHLO
                capabilities
                client command
                server reply
                exchange 2 STARTTLS
                agreed agreed
                handshake client secure
                client command
                server reply
                exchange 3 DATA
                message
                7 bytes
                whole
                client end
                server reply
                exchange 4 .
                """
            ])
    }

    @Test func findingsAreBoundedAndTheRestCounted() throws {
        let commands = String(repeating: "C: NOOP\nS: 250 ok\n", count: LintLimits.findings + 7)
        let report = try RuleTranscript("protocol: smtp\nS: 220 mx\n" + commands).lint(rules: [EachNOOP.self])
        #expect(report.findings.count == LintLimits.findings)
        #expect(report.beyond == 7)
    }

    @Test func aFindingKnowsItsExchange() throws {
        let transcript = try RuleTranscript("protocol: smtp\nS: 220 mx\nC: NOOP\nS: 250 ok\nC: NOOP\nS: 250 ok\n")
        #expect(transcript.lint(rules: [EachNOOP.self]).findings.map(\.place.exchange) == [1, 2])
    }

    @Test func whatAnotherExplainsIsLeftOut() throws {
        let transcript = try RuleTranscript("protocol: smtp\nS: 220 mx\nC: NOOP\nS: 250 ok\nend: client-closed\n")
        let report = transcript.lint(rules: [EachNOOP.self, TheEnd.self])
        #expect(report.findings.map(\.rule) == ["smtp.client.end"])
        #expect(report.findings.map(\.means.en) == ["client-closed"])
        #expect(report.findings.map(\.severity) == [.warning])
    }

    @Test func aRuleIsHeardInItsProtocolsOnly() throws {
        let transcript = try RuleTranscript("protocol: pop3\nS: +OK\nC: NOOP\nS: +OK\n")
        #expect(transcript.lint(rules: [EachNOOP.self]).findings.isEmpty)
        #expect(try lint("protocol: plain\nC: PASS «secret»\n").isEmpty)
    }

    @Test func finishingTwiceIsFinishingOnce() {
        var linter = Linter(LintContext(dialect: .smtp), rules: [TheEnd.self])
        let first = linter.finish()
        #expect(linter.finish() == first)
        #expect(first.findings.map(\.means.en) == ["goes on"])
    }

    @Test func findingsStandInTheOrderOfTheSession() throws {
        let findings = try lint(
            """
            protocol: smtp
            earlier: TLS offered
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 AUTH PLAIN
            C: AUTH PLAIN «AGEAYg==»
            S: 235 in
            C: QUIT
            S: 221 bye
            end: client-closed
            """)
        #expect(findings.map(\.rule) == ["tls.auth-offered-clear", "tls.offer-gone", "tls.password-clear"])
        #expect(findings.map(\.place.at.nanoseconds) == [3_000_000, 3_000_000, 4_000_000])
    }
}
