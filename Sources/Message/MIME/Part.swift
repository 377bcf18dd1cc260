import Wire

/// A part of a message: the message itself, a part of a multipart, or a message within.
public struct Part: Sendable, Equatable {
    /// Its place in `ReadMessage.parts`, where parts stand in the order in which they begin.
    public var index: Int
    /// The multipart or message that it is in; nil for the message itself.
    public var parent: Int?
    public var depth: Int
    /// Its own header as on the wire, the empty line behind it left out.
    public var header: Range<UInt64>
    /// Its body as on the wire; the line end before a boundary belongs to the boundary.
    public var body: Range<UInt64>
    public var fields: [HeaderField] = []
    /// The Content-Type field; nil where there is none, or none that can be read.
    public var contentType: ContentType?
    /// The type that holds: what the field says, else text/plain, or message/rfc822 in a digest; in lower case.
    public var type = "text"
    public var subtype = "plain"
    public var transferEncoding = TransferEncoding.absent
    public var disposition: ContentDisposition?
    /// Of a multipart.
    public var boundary: [UInt8]?
    /// The line that closes this multipart was there.
    public var isClosed = false
    /// Octets of the body, line ends included and stuffing dots not.
    public var octets: UInt64 = 0
    /// Octets of the content, the transfer encoding taken off.
    public var decodedOctets: UInt64 = 0
    /// Octets above 127 in the body of a part that is no multipart, before decoding.
    public var eightBit = MessageOctets.Found()
    public var nul = MessageOctets.Found()
    /// The beginning of a text, decoded: what it says in its charset. At most `MessageLimits.textPartBytes`.
    public var text: [UInt8] = []
    /// The first bytes of any other content, decoded: at most `MessageLimits.startBytes`.
    public var start: [UInt8] = []

    public var isMultipart: Bool { type == "multipart" }
    /// A message within, whose header and body are the part after this (RFC 2046 §5.2.1, RFC 6532 §3.7).
    public var isMessage: Bool { type == "message" && ["rfc822", "global", "news"].contains(subtype) }
    /// What `text` keeps the beginning of.
    public var isText: Bool {
        type == "text" || type == "message" && !isMessage && subtype != "partial" && subtype != "external-body"
    }
    /// The text goes on behind what `text` keeps.
    public var isTextCut: Bool { isText && decodedOctets > UInt64(text.count) }
    /// The charset parameter as written; nil where there is none.
    public var charset: String? { contentType?.parameter("charset").map { $0.value.text } }
    /// What the part says it is called: the parameter `filename`, else `name`.
    public var filename: String? {
        let names = [disposition?.parameter("filename"), contentType?.parameter("name")]
        return names.lazy.compactMap { $0?.text }.first { !$0.isEmpty }
    }
    /// Outlook's own wrapping, which other readers show as `winmail.dat`.
    public var isTNEF: Bool { TNEF.isSignature(start) }
    /// The first field of that name, which must be in upper case.
    public func field(_ name: StaticString) -> HeaderField? { fields.first { $0.isNamed(name) } }
}
