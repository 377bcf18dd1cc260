import Wire

/// How the text of a charset is read.
enum CharsetReading: Sendable, Equatable {
    /// UTF-8, by Swift itself.
    case utf8
    /// US-ASCII, by Swift itself.
    case ascii
    /// By iconv, the converters in the order in which they are tried; `doubleByte` where a byte that can't be read
    /// takes the next one with it if both have the eighth bit.
    case iconv([String], doubleByte: Bool)
    /// ISO 2022 with Japanese sets in seven bits. `microsoft` reads it by the tables of Windows first.
    case japanese(microsoft: Bool)
    /// Other seven-bit sets with a state.
    case stateful(String)
    /// UTF-16 and UTF-32: no ASCII bytes in the text.
    case wide(String)
}

/// The charsets of mail, and the names that are used for them (IANA character sets; WHATWG Encoding §4.2 for what
/// mailers really write).
///
/// Only these reach `iconv_open`: a name comes from the network, glibc takes conversion options and module names from
/// it, and its rarer modules have hung and overrun before (CVE-2020-27618, CVE-2019-25013).
enum CharsetNames {
    /// - Parameter name: as it was written in the message.
    /// - Returns: the preferred MIME name and how it is read; nil for a name that mail has no charset for.
    static func find(_ name: String) -> (preferred: String, reading: CharsetReading)? {
        let key = key(name)
        if let found = table[key] { return found }
        return family(key)
    }

    /// Letters in lower case and digits: `ISO_8859-1:1987`, `iso8859-1` and `ISO-8859-1` differ in nothing else, once the
    /// year is gone.
    private static func key(_ name: String) -> String {
        let withoutYear = name.utf8.prefix { $0 != Byte.colon }
        var key: [UInt8] = []
        for byte in withoutYear.prefix(64) {
            if byte.isDigit {
                key.append(byte)
            } else if byte.isLetter {
                key.append(byte | 0x20)
            }
        }
        return key.text
    }

    /// The single-byte families, whose names differ in a number.
    private static func family(_ key: String) -> (String, CharsetReading)? {
        func number(after prefix: String) -> String? {
            guard key.hasPrefix(prefix) else { return nil }
            let rest = key.dropFirst(prefix.count)
            return (1...4).contains(rest.count) && rest.utf8.allSatisfy(\.isDigit) ? String(rest) : nil
        }
        let latin = ["1": "1", "2": "2", "3": "3", "4": "4", "5": "9", "6": "10", "7": "13", "8": "14", "9": "15", "10": "16"]
        if let part = number(after: "iso8859") ?? number(after: "csiso8859").flatMap({ $0 }),
            let value = Int(part), (1...16).contains(value), value != 12
        {
            return ("iso-8859-\(value)", .iconv(["ISO-8859-\(value)"], doubleByte: false))
        }
        if let part = number(after: "latin").flatMap({ latin[$0] }) ?? number(after: "l").flatMap({ latin[$0] }) {
            return ("iso-8859-\(part)", .iconv(["ISO-8859-\(part)"], doubleByte: false))
        }
        if let page = number(after: "windows") ?? number(after: "cp") ?? number(after: "xcp"), windowsPages.contains(page) {
            return ("windows-\(page)", .iconv(["CP\(page)"], doubleByte: false))
        }
        if let page = number(after: "ibm") ?? number(after: "cp"), dosPages.contains(page) {
            return ("ibm\(page)", .iconv(["IBM\(page)"], doubleByte: false))
        }
        return nil
    }

    private static let windowsPages: Set<String> = [
        "874", "1250", "1251", "1252", "1253", "1254", "1255", "1256", "1257", "1258",
    ]
    private static let dosPages: Set<String> = ["437", "737", "775", "850", "852", "855", "857", "858", "860", "862", "866"]

    private static let table: [String: (String, CharsetReading)] = {
        var table: [String: (String, CharsetReading)] = [:]
        for (preferred, reading, names) in entries {
            for name in names.split(separator: " ") { table[String(name)] = (preferred, reading) }
        }
        return table
    }()

    /// Supersets stand in for what mailers name by the smaller set (Shift_JIS for CP932, GB2312 for GBK, EUC-KR for UHC).
    /// The standard's table comes first where the two differ (EUC-JP's wave dash), the other one where it fails.
    private static let entries: [(String, CharsetReading, String)] = [
        ("utf-8", .utf8, "utf8 unicode11utf8 xunicode20utf8 utf8mb4"),
        ("us-ascii", .ascii, "usascii ascii ansix341968 ansix341986 iso646us us ibm367 cp367 csascii isoir6"),
        (
            "iso-2022-jp", .japanese(microsoft: false),
            "iso2022jp csiso2022jp iso2022jp1 iso2022jp2 csiso2022jp2 iso2022jp3 iso2022jp2004 jis jis7"
        ),
        ("iso-2022-jp-ms", .japanese(microsoft: true), "iso2022jpms cp50220 cp50221 cp50222 iso2022jpext xwindows50221"),
        (
            "euc-jp", .iconv(["EUC-JP", "EUC-JP-MS"], doubleByte: true),
            "eucjp xeucjp xeuc ujis cseucpkdfmtjapanese"
        ),
        ("euc-jp-ms", .iconv(["EUC-JP-MS", "EUC-JP"], doubleByte: true), "eucjpms eucjpwin cp51932 cp20932"),
        (
            "shift_jis", .iconv(["CP932", "SJIS"], doubleByte: false),
            "shiftjis sjis xsjis mskanji csshiftjis cp932 ms932 windows932 windows31j cswindows31j ibm943"
        ),
        (
            "gb18030", .iconv(["GB18030"], doubleByte: true),
            "gb18030 gb2312 gbk xgbk cp936 ms936 windows936 euccn gb231280 csgb2312 chinese isoir58"
        ),
        ("big5", .iconv(["BIG5", "BIG5-HKSCS"], doubleByte: false), "big5 cnbig5 xxbig5 csbig5 cp950 windows950"),
        ("big5-hkscs", .iconv(["BIG5-HKSCS", "BIG5"], doubleByte: false), "big5hkscs"),
        ("euc-tw", .iconv(["EUC-TW"], doubleByte: true), "euctw xeuctw"),
        (
            "euc-kr", .iconv(["UHC", "EUC-KR"], doubleByte: true),
            "euckr cseuckr ksc5601 ksc56011987 ksc56011989 korean cp949 ms949 windows949 uhc isoir149"
        ),
        ("johab", .iconv(["JOHAB"], doubleByte: false), "johab cp1361"),
        ("iso-2022-kr", .stateful("ISO-2022-KR"), "iso2022kr csiso2022kr"),
        ("iso-2022-cn", .stateful("ISO-2022-CN"), "iso2022cn csiso2022cn"),
        ("utf-7", .stateful("UTF-7"), "utf7 unicode11utf7 xunicode20utf7 csunicode11utf7"),
        ("utf-16", .wide("UTF-16"), "utf16"),
        ("utf-16be", .wide("UTF-16BE"), "utf16be"),
        ("utf-16le", .wide("UTF-16LE"), "utf16le"),
        ("utf-32", .wide("UTF-32"), "utf32"),
        ("koi8-r", .iconv(["KOI8-R"], doubleByte: false), "koi8r koi8 cskoi8r koi"),
        ("koi8-u", .iconv(["KOI8-U"], doubleByte: false), "koi8u koi8ru"),
        ("iso-8859-8", .iconv(["ISO-8859-8"], doubleByte: false), "iso88598i iso88598e"),
        ("iso-8859-6", .iconv(["ISO-8859-6"], doubleByte: false), "iso88596i iso88596e"),
        ("iso-8859-1", .iconv(["ISO-8859-1"], doubleByte: false), "isoir100 csisolatin1 ibm819 cp819"),
        ("tis-620", .iconv(["TIS-620", "CP874"], doubleByte: false), "tis620 tis6202529"),
        ("windows-874", .iconv(["CP874"], doubleByte: false), "dos874"),
        ("viscii", .iconv(["VISCII"], doubleByte: false), "viscii csviscii"),
        ("macintosh", .iconv(["MACINTOSH"], doubleByte: false), "macintosh mac xmacroman macroman csmacintosh"),
    ]
}
