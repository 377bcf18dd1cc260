import Conversation
import Wire

/// How a client names itself in EHLO, LHLO and HELO (RFC 5321 §4.1.1.1).
struct SMTPHelloArgument {
    enum Form {
        case domain
        /// A name without a dot.
        case label
        case literal
        /// An address without brackets.
        case bareAddress
        case badLiteral(Words)
        case badName(Words)
    }

    let name: ArraySlice<UInt8>
    let form: Form
    /// What follows the name.
    let hasMore: Bool

    /// - Returns: nil for another command.
    init?(_ exchange: Exchange) {
        guard exchange.length > 0, Self.verbs.contains(exchange.verb) else { return nil }
        let words = ASCII.words(exchange.command[...])
        name = words.count > 1 ? words[1] : []
        hasMore = words.count > 2
        form = Self.form(name)
    }

    private static let verbs: Set<String> = ["EHLO", "LHLO", "HELO"]

    private static func form(_ name: ArraySlice<UInt8>) -> Form {
        if name.first == UInt8(ascii: "[") { return SMTPDomain.literalFlaw(name).map(Form.badLiteral) ?? .literal }
        if SMTPDomain.isIPv4(name) || SMTPDomain.isIPv6(name) { return .bareAddress }
        if let flaw = SMTPDomain.flaw(name) { return .badName(flaw) }
        return name.contains(Byte.dot) ? .domain : .label
    }
}
