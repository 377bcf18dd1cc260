import Wire

/// Who a message is from or for: `Name <local-part@domain>` (RFC 5322 §3.4).
public struct Mailbox: Sendable, Equatable {
    /// The name before the angle bracket, quotes taken off, encoded words as they are; nil where there is none.
    public var phrase: [UInt8]?
    /// The comments with it, without their parentheses.
    public var comments: [[UInt8]] = []
    /// The hosts of an obsolete route (RFC 5322 §4.4).
    public var route: [[UInt8]] = []
    /// Quotes taken off.
    public var localPart: [UInt8] = []
    /// Blanks and comments taken out; a literal has its brackets. Nil where there is none.
    public var domain: [UInt8]?
    /// Where it stands in the field's value, name included.
    public var range: Range<Int>

    /// `local-part@domain`, as in an envelope, the local part without its quotes.
    public var address: [UInt8] { domain.map { localPart + [0x40] + $0 } ?? localPart }

    /// The name for people to read: the phrase with its encoded words decoded, else the last comment, which old mailers
    /// have the name in.
    public var name: String? {
        guard let name = phrase ?? comments.last, !name.isEmpty else { return nil }
        return EncodedWord.decode(name) ?? name.text
    }
}

public enum Address: Sendable, Equatable {
    case mailbox(Mailbox)
    /// `name: mailbox, mailbox;`
    case group(name: [UInt8], members: [Mailbox], range: Range<Int>)
}

public enum AddressOddity: String, Sendable, CaseIterable {
    /// Nothing between two commas, or behind the last (RFC 5322 §4.4, obsolete).
    case emptyItem
    /// `<@a,@b:c@d>` (RFC 5322 §4.4, obsolete).
    case route
    /// Blanks or comments within an address (RFC 5322 §4.4, obsolete).
    case blankInAddress
    /// A dot in a name without quotes (RFC 5322 §4.1, obsolete).
    case dotInName
    /// Another special in a name without quotes.
    case specialInName
    /// A local part without `@` and domain.
    case noDomain
    /// A domain without a local part.
    case noLocalPart
    /// `<>`
    case emptyAddress
    /// Dots at an end or next to each other in a local part or domain.
    case misplacedDot
    /// A character that a domain can't have.
    case badDomain
    /// Addresses separated by something other than a comma, such as `;`, or by nothing.
    case separator
    /// Text behind an address that belongs to nothing.
    case strayText
    case unclosedQuote
    case unclosedComment
    case unclosedAngle
    case unclosedLiteral
    /// A group without its semicolon.
    case unclosedGroup
    /// A group within a group.
    case nestedGroup
    /// An encoded word in quotes (RFC 2047 §5); strict readers show it as it is.
    case encodedWordInQuotes
    /// An encoded word as part of an address.
    case encodedWordInAddress
    /// Octets above 127 (RFC 6532 allows UTF-8).
    case eightBit
    /// A control character.
    case control
    /// More addresses than are read.
    case tooMany
}
