import Wire

/// A parameter of Content-Type or Content-Disposition (RFC 2045 §5.1), its pieces joined (RFC 2231).
public struct Parameter: Sendable, Equatable {
    /// In lower case, without the asterisks of RFC 2231.
    public var name: String
    /// Quotes taken off, percent signs decoded.
    public var value: [UInt8]
    /// The charset that RFC 2231 §4 puts before the value, as written.
    public var charset: String?
    public var language: String?
    /// Where it stands in the field's value; of several pieces, the first.
    public var range: Range<Int>
    /// It is written with RFC 2231.
    public var isExtended: Bool
    /// It stands in quotes.
    public var isQuoted: Bool

    /// The value for people to read: in its charset, encoded words (which do not belong here) decoded.
    public var text: String {
        if let charset, let text = Charset(charset).decode(value) { return text }
        if isExtended { return value.text }
        return EncodedWord.decode(value) ?? value.text
    }
}

public enum ParameterOddity: String, Sendable, CaseIterable {
    /// A Content-Type that is no `type/subtype` (RFC 2045 §5.1).
    case noType
    /// Text that is no `name=value`.
    case noValue
    /// Blanks around the `=`; the grammar has none, and RFC 822 had.
    case blankAroundEquals
    /// A value with specials or blanks, without quotes.
    case unquotedSpecial
    /// A quoted value without its second quote.
    case unclosedQuote
    /// Text behind a quoted value.
    case textBehindValue
    /// Nothing between two semicolons, or behind the last.
    case emptyParameter
    /// The same parameter again; the first counts.
    case repeated
    /// A piece of a numbered parameter is missing; those behind it are left out (RFC 2231 §3).
    case gap
    /// A percent-encoded value without `charset'language'` (RFC 2231 §4).
    case withoutCharset
    /// `%` without two hexadecimal digits.
    case badPercent
    /// An encoded word (RFC 2047 §5 forbids it here).
    case encodedWord
    /// Octets above 127.
    case eightBit
    /// More parameters than are read.
    case tooMany
}
