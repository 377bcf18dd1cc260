import Wire

/// A character set by its MIME name.
public struct Charset: Sendable, Hashable {
    /// In lower case, as the message gave it, without quotes, blanks and the language of RFC 2231 §5.
    public let name: String

    /// `name` as a message gives it, in any case.
    public init(_ name: String) {
        let bare = name.utf8.prefix { $0 != Byte.star }.filter { $0 > 0x20 && $0 != Byte.quote && $0 != 0x27 }
        self.name = String(decoding: bare, as: UTF8.self).lowercased()
    }

    private init(preferred: String) {
        name = preferred.lowercased()
    }

    public static let usASCII = Charset(preferred: "us-ascii")
    public static let utf8 = Charset(preferred: "utf-8")
    public static let utf7 = Charset(preferred: "utf-7")
    public static let utf16 = Charset(preferred: "utf-16")
    public static let iso2022JP = Charset(preferred: "iso-2022-jp")
    public static let eucJP = Charset(preferred: "euc-jp")
    public static let shiftJIS = Charset(preferred: "shift_jis")
    public static let gb18030 = Charset(preferred: "gb18030")
    public static let hz = Charset(preferred: "hz-gb-2312")
    public static let big5 = Charset(preferred: "big5")
    public static let eucKR = Charset(preferred: "euc-kr")
    public static let koi8R = Charset(preferred: "koi8-r")
    public static let windows1251 = Charset(preferred: "windows-1251")
    public static let windows1252 = Charset(preferred: "windows-1252")

    /// The name to write: IANA's preferred MIME name where there is one. Nil where the charset is not known.
    public var preferredName: String? { entry?.preferred }

    /// Its text can be read.
    public var isKnown: Bool { entry != nil }

    /// Says nothing of bytes above 127: no name, US-ASCII, `unknown-8bit`. Which charset they are of is guessed.
    public var saysNothing: Bool { entry?.reading == .unlabelled || entry?.reading == .ascii }

    /// The two are read alike, as `sjis` and `windows-31j` are.
    public func isSame(as other: Charset) -> Bool {
        guard let entry, let theirs = other.entry else { return name == other.name }
        return entry.reading == theirs.reading
    }

    /// - Returns: the text, with U+FFFD for each byte that is none of the set's; nil where the charset is not known.
    public func decode(_ bytes: [UInt8]) -> String? {
        read(bytes)?.text
    }

    /// The text and what is wrong with it.
    /// - Returns: nil where the charset is not known.
    public func read(_ bytes: [UInt8]) -> DecodedText? {
        guard var decoder = CharsetDecoder(self) else { return nil }
        let text = decoder.received(bytes) + decoder.finished()
        return DecodedText(
            text: text, readAs: decoder.readAs, wrong: decoder.wrong, wrongCount: decoder.wrongCount)
    }

    var isLatin1: Bool { entry?.reading == .latin1 }

    var entry: CharsetNames.Entry? { CharsetNames.entry(name) }
}

/// A text as its charset has it.
public struct DecodedText: Sendable, Equatable {
    public let text: String
    /// Another than the declared one where that says nothing of bytes above 127.
    public let readAs: Charset
    /// Offsets of the bytes that are none of the declared charset's, joined where they touch; the first
    /// `CharsetLimits.ranges`.
    public let wrong: [Range<Int>]
    /// All such bytes.
    public let wrongCount: Int

    public var isValid: Bool { wrongCount == 0 }
}
