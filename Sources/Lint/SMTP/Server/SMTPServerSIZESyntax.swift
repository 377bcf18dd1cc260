import Conversation
import Wire

/// The limit behind SIZE is not a number.
struct SMTPServerSIZESyntax: Rule {
    static let hears: RuleEvents = [.capabilities]
    static let about = RuleDescription(
        id: "smtp.server.size-syntax",
        title: Words("The limit that the server gives with SIZE is not a number", ja: "SIZE の上限が数字ではない"),
        severity: .warning,
        side: .server,
        clause: "RFC 1870 §3",
        means: Words(
            """
            Behind SIZE stands one number, the octets that the server takes at most; 0 or nothing says that there is \
            no fixed limit. Clients misread anything else, and send too much or nothing.
            """,
            ja: """
                SIZE の後には、サーバーが受け取る最大のオクテット数を一つだけ書きます。0 または省略は、決まった上限がないという\
                意味です。それ以外の書き方はクライアントに正しく伝わりません。
                """),
        remedy: Words(
            "Write `SIZE` and the limit in octets, in digits alone, without a unit.",
            ja: "`SIZE` の後に、上限のオクテット数を単位を付けずに数字だけで書いてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 SIZE 10MB
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 SIZE 10485760
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp])

    mutating func capabilities(_ listing: CapabilityListing, in session: SessionSoFar) -> Finding? {
        guard listing.isWhole(in: session) else { return nil }
        // The first line is the server's name, whatever it is.
        for capability in listing.capabilities.dropFirst() where capability.name == "SIZE" {
            let arguments = capability.arguments
            guard let first = arguments.first else { continue }
            let isNumber = first.utf8.allSatisfy(\.isDigit) && first.utf8.count <= 20
            guard !isNumber || arguments.count > 1 else { continue }
            let said = Quote.of(Array("SIZE \(arguments.joined(separator: " "))".utf8))
            return finding(
                at: listing.place, in: session,
                means: Words(
                    "The server lists \(said). The limit is one number of 20 digits at most.",
                    ja: "サーバーは \(said) を挙げています。上限は 20 桁以内の数字一つでなければなりません。"))
        }
        return nil
    }
}
