import Conversation
import Testing
import Wire

@testable import Tap

/// What goes to whom before TLS, whatever the pieces in which the peers speak.
@Suite struct ClearPhaseTests {
    private let offer = "250-mx\r\n250 SIZE\r\n"

    @Test(arguments: [1, 2, 5, 1_000]) func mailteeAgreesInTheServersPlace(_ size: Int) {
        var talk = Talk(.apart(client: .starttls, server: .none), size: size)
        talk.server("220 mx\r\n")
        talk.client("EHLO a\r\n")
        talk.server(offer)
        talk.client("STARTTLS\r\n")
        #expect(talk.toServer == "EHLO a\r\n")
        #expect(talk.toClient == "220 mx\r\n250-mx\r\n250-SIZE\r\n250 STARTTLS\r\n220 2.0.0 begin TLS\r\n")
        #expect(talk.agreed == 1)
    }

    @Test func whatStandsBehindTheCommandGoesNowhere() {
        var talk = Talk(.apart(client: .starttls, server: .none), size: 1_000)
        talk.server("220 mx\r\n")
        talk.client("EHLO a\r\nSTARTTLS\r\nMAIL FROM:<evil@example>\r\n")
        #expect(talk.agreed == 0, "EHLO is not answered yet")
        talk.server(offer)
        #expect(talk.toServer == "EHLO a\r\n")
        #expect(talk.agreed == 1)
        #expect(talk.remarks.contains { $0.contains("26 bytes") })
    }

    @Test func aRefusalThatIsPlayedLetsTheRestGoOn() {
        var talk = Talk(.together, fault: .refuseCommand, size: 1_000)
        talk.server("220 mx\r\n")
        talk.client("EHLO a\r\n")
        talk.server("250-mx\r\n250 STARTTLS\r\n")
        talk.client("STARTTLS\r\nMAIL FROM:<a@b.example>\r\n")
        #expect(talk.toServer == "EHLO a\r\nMAIL FROM:<a@b.example>\r\n")
        #expect(talk.toClient.hasSuffix("454 4.7.0 TLS is not available\r\n"))
        #expect(talk.agreed == 0)
    }

    @Test func theWordInAMessageIsNoCommand() {
        var talk = Talk(.apart(client: .starttls, server: .none), size: 3)
        talk.server("220 mx\r\n")
        talk.client("EHLO a\r\n")
        talk.server("250 mx\r\n")
        talk.client("MAIL FROM:<a@b.example>\r\n")
        talk.server("250 ok\r\n")
        talk.client("RCPT TO:<a@b.example>\r\n")
        talk.server("250 ok\r\n")
        talk.client("DATA\r\n")
        talk.server("354 go\r\n")
        talk.client("STARTTLS\r\n.\r\n")
        #expect(talk.agreed == 0)
        #expect(talk.toServer.hasSuffix("DATA\r\nSTARTTLS\r\n.\r\n"))
    }

    @Test func theServerIsAskedBeforeItsClientIsHeard() {
        var talk = Talk(.apart(client: .none, server: .starttls), size: 4)
        talk.server("220 mx\r\n")
        #expect(talk.toServer == "EHLO mailtee\r\n")
        talk.server("250-mx\r\n250 STARTTLS\r\n")
        #expect(talk.toServer == "EHLO mailtee\r\nSTARTTLS\r\n")
        talk.server("220 go\r\n")
        #expect(talk.greeting == "220 mx\r\n")
        #expect(talk.toClient == "")
    }

    @Test func aServerThatOffersNoneIsTold() {
        var talk = Talk(.apart(client: .none, server: .starttls), size: 4)
        talk.server("220 mx\r\n")
        talk.server("250 mx\r\n")
        #expect(talk.refused == "it does not offer STARTTLS")
    }

    @Test func theAgreementOfThePeersIsSeen() {
        var talk = Talk(.together, size: 1)
        talk.server("* OK ready\r\n", heardOnly: true)
        talk.client("a1 STARTTLS\r\n", heardOnly: true)
        talk.server("a1 OK begin\r\n", heardOnly: true)
        #expect(talk.agreed == 0, "that is IMAP, and this is SMTP")
        var imap = Talk(.together, dialect: .imap, size: 1)
        imap.server("* OK ready\r\n", heardOnly: true)
        imap.client("a1 STARTTLS\r\n", heardOnly: true)
        imap.server("a1 OK begin\r\n", heardOnly: true)
        #expect(imap.agreed == 1)
    }
}

/// A conversation, and what came of it.
private struct Talk: ~Copyable {
    private var phase: ClearPhase
    private let size: Int
    var toServer = ""
    var toClient = ""
    var remarks: [String] = []
    var agreed = 0
    var greeting: String?
    var refused: String?

    init(_ plan: TLSPlan, fault: TLSFault? = nil, dialect: DialectName = .smtp, size: Int) {
        phase = ClearPhase(plan: plan, fault: fault, dialect: dialect)
        self.size = size
    }

    mutating func client(_ text: String, heardOnly: Bool = false) {
        for piece in pieces(text) { take(heardOnly ? phase.heard(.client, piece.span) : phase.clientSaid(piece)) }
    }

    mutating func server(_ text: String, heardOnly: Bool = false) {
        for piece in pieces(text) { take(heardOnly ? phase.heard(.server, piece.span) : phase.serverSaid(piece)) }
    }

    private func pieces(_ text: String) -> [[UInt8]] {
        let bytes = Array(text.utf8)
        return stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
    }

    private mutating func take(_ steps: [ClearPhase.Step]) {
        for step in steps {
            switch step {
            case .toServer(let bytes): toServer += bytes.text
            case .toClient(let bytes): toClient += bytes.text
            case .remark(let text): remarks.append(text)
            case .agreed: agreed += 1
            case .serverAgreed(let bytes): greeting = bytes.text
            case .serverRefused(let why): refused = why
            }
        }
    }
}
