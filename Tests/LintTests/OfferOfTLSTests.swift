import Conversation
import Dialects
import Lint
import Testing

@Suite struct OfferOfTLSTests {
    /// Whether TLS is offered in a conversation.
    private func offer(_ text: String) throws -> Bool? {
        let transcript = try RuleTranscript(text)
        var machine = Dialect(transcript.dialect)
        var offer = OfferOfTLS()
        let time = Timestamp(nanoseconds: 0)
        for step in transcript.steps {
            switch step {
            case .said(let direction, let bytes):
                for byte in bytes { machine.received([byte].span, from: direction, at: time, into: &offer) }
            case .beside(.tls(let facts)):
                if facts.securesClient { machine.secured(at: time, into: &offer) }
                offer.hear(facts)
            case .beside, .wait: break
            }
        }
        machine.finished(at: time, into: &offer)
        return offer.isOffered
    }

    @Test(arguments: [
        "protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250-mx\nS: 250-SIZE 1\nS: 250 starttls\n",
        "protocol: lmtp\nS: 220 mx\nC: LHLO a\nS: 250-mx\nS: 250 STARTTLS\n",
        "protocol: pop3\nS: +OK\nC: CAPA\nS: +OK\nS: TOP\nS: STLS\nS: .\n",
        "protocol: imap\nS: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready\n",
        "protocol: imap\nS: * OK ready\nC: a CAPABILITY\nS: * CAPABILITY IMAP4rev1 STARTTLS\nS: a OK\n",
        // What it once offered it offers.
        "protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250-mx\nS: 250 STARTTLS\nC: EHLO a\nS: 250 mx\n",
        "protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250 mx\nC: EHLO a\nS: 250-mx\nS: 250 STARTTLS\n",
    ]) func isOffered(_ text: String) throws {
        #expect(try offer(text) == true)
    }

    @Test(arguments: [
        "protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 250-mx\nS: 250 SIZE 1\n",
        "protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 502 what\nC: HELO a\nS: 250 mx\n",
        "protocol: pop3\nS: +OK\nC: CAPA\nS: +OK\nS: USER\nS: .\n",
        "protocol: pop3\nS: +OK\nC: CAPA\nS: -ERR what\n",
        "protocol: imap\nS: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\n",
        "protocol: imap\nS: * OK ready\nC: a CAPABILITY\nS: * CAPABILITY IMAP4rev1\nS: a OK\n",
        "protocol: imap\nS: * OK ready\nC: a CAPABILITY\nS: a BAD what\n",
    ]) func isNotOffered(_ text: String) throws {
        #expect(try offer(text) == false)
    }

    @Test(arguments: [
        "protocol: smtp\nS: 220 mx\nC: HELO a\nS: 250 mx\n",
        "protocol: smtp\nS: 220 mx\nC: EHLO a\nS: 421 later\n",
        "protocol: smtp\nS: 220 mx\nC: EHLO a\n",
        "protocol: pop3\nS: +OK\nC: USER a\nS: +OK\n",
        "protocol: imap\nS: * OK ready\nC: a NOOP\nS: a OK\n",
        // After the login there is nothing to be offered.
        "protocol: pop3\nS: +OK\nC: USER a\nS: +OK\nC: PASS «b»\nS: +OK\nC: CAPA\nS: +OK\nS: TOP\nS: .\n",
        "protocol: imap\nS: * OK ready\nC: a LOGIN b «c»\nS: * CAPABILITY IMAP4rev1\nS: a OK [CAPABILITY IMAP4rev1]\n",
        "protocol: imap\nS: * PREAUTH [CAPABILITY IMAP4rev1] welcome\n",
        // Nor is there inside TLS.
        "protocol: smtp\ntls client start=implicit\nS: 220 mx\nC: EHLO a\nS: 250 mx\n",
        "protocol: pop3\nS: +OK\nC: STLS\nS: +OK\ntls client\nC: CAPA\nS: +OK\nS: USER\nS: .\n",
    ]) func isNotKnown(_ text: String) throws {
        #expect(try offer(text) == nil)
    }
}
