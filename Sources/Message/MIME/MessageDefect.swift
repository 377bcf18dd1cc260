/// Something in the structure of a message that is not as the RFCs ask. There is one for each kind and part, with how
/// often it was seen and where first.
public struct MessageDefect: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        /// A line of a header without a colon; the line after it is a field again (RFC 5322 §2.2).
        case lineWithoutColon
        /// A field name with a byte other than 33 to 126; the line after it is a field again (RFC 5322 §2.2).
        case badFieldName
        /// Blanks between a field name and its colon (RFC 5322 §4.5, obsolete).
        case blankBeforeColon
        /// Text follows the header without an empty line between; what stands there is read as body (RFC 5322 §2.1).
        case noEmptyLine
        /// A continuation line of nothing but blanks (RFC 5322 §3.2.2).
        case blankContinuation
        /// A header begins with a continuation line, of no field.
        case continuationFirst
        /// A message begins with the `From ` line of an mbox file.
        case mboxLine
        /// Octets above 127 in a header; RFC 6532 allows UTF-8 in some. The count is of fields.
        case eightBitHeader
        /// An escape character in a header, such as ISO-2022-JP has outside encoded words. The count is of fields.
        case escapeInHeader
        /// NUL, in the header or in the body as on the wire (RFC 5322 §4, RFC 2045 §2.7).
        case nul
        /// A header has more bytes or fields than are kept.
        case headerBeyondLimit

        /// `=` that neither two hexadecimal digits follow nor a line end (RFC 2045 §6.7 rule 1).
        case quotedPrintableEscape
        /// `=c3`: hexadecimal digits in lower case (rule 1).
        case quotedPrintableLowerCase
        /// An encoded line of more than 76 characters (rule 5).
        case quotedPrintableLongLine
        /// A blank at the end of an encoded line (rule 3); it is not part of the text.
        case quotedPrintableTrailingBlank
        /// A byte that has to be encoded and is not: above 126, or a control (rule 2, RFC 2045 §6.7 note 3).
        case quotedPrintableRawByte
        /// An encoded line of base64 of more than 76 characters (RFC 2045 §6.8).
        case base64LongLine
        /// A byte that is not of the base64 alphabet; it is skipped.
        case base64ForeignByte
        /// More base64 behind the padding.
        case base64PadInside
        /// The base64 does not end at a group of four.
        case base64Length
        /// A multipart or message whose transfer encoding is quoted-printable or base64 (RFC 2045 §6.4).
        case encodedComposite
        /// Octets above 127 in a part that is 7bit, or has no Content-Transfer-Encoding (RFC 2045 §6.2).
        case eightBitUnlabelled
        /// A transfer encoding that RFC 2045 §6.1 does not know, or one with something behind it.
        case unknownEncoding

        /// A multipart without the boundary parameter, or with an empty one (RFC 2046 §5.1.1).
        case boundaryMissing
        /// A boundary of more than 70 characters.
        case boundaryTooLong
        /// A character in a boundary that its grammar does not have, or a blank at its end.
        case boundaryBadByte
        /// A boundary with characters that need quotes, without them (RFC 2045 §5.1).
        case boundaryUnquoted
        /// No line of the body is the boundary: there are no parts.
        case boundaryAbsent
        /// The line that closes a multipart is missing.
        case boundaryNotClosed

        /// Numbered pieces of a parameter of which one is missing (RFC 2231 §3).
        case parameterGap
        /// A percent-encoded parameter without its charset (RFC 2231 §4).
        case parameterWithoutCharset
        /// An encoded word in a parameter (RFC 2047 §5).
        case encodedWordInParameter
        /// A parameter that is no `name=value`, has specials without quotes, a quote without end, or is there twice.
        case parameterSyntax
        /// A Content-Type that is no `type/subtype`; text/plain is taken for it (RFC 2045 §5.2).
        case contentTypeSyntax
        /// A header has two of a MIME field; the first counts.
        case repeatedMIMEField

        /// Parts within parts beyond what is read; what is deeper is taken for one part.
        case tooDeep
        /// More parts than are read. The count is of parts.
        case tooManyParts
    }

    public var kind: Kind
    /// The index of the part.
    public var part: Int
    /// How often.
    public var count: UInt64
    /// Where first, in the message as on the wire.
    public var range: Range<UInt64>
    /// Some of the bytes in question, at most `MessageLimits.detail`: the line, the field name, the boundary.
    public var detail: [UInt8]
}
