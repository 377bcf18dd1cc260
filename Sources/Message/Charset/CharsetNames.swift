import Wire

/// The charsets that mail is written in, by every name that mailers give them.
enum CharsetNames {
    /// How the bytes of a charset are read.
    enum Reading: Equatable {
        case ascii
        /// No label, or one that says that nobody knows.
        case unlabelled
        case utf8, utf7
        case utf16(isLittleEndian: Bool?)
        case utf32(isLittleEndian: Bool?)
        case iso2022, hz
        case latin1, eucJP, chinese, big5
        case table(String)
        case eucJIS2004, eucTW

        /// - Returns: nil where the system lacks it.
        var reader: (any CharacterReader)? {
            switch self {
            case .ascii, .unlabelled: ASCIIReader()
            case .utf8: UTF8Reader()
            case .utf7: UTF7Reader()
            case .utf16(let isLittleEndian): WideReader(width: 2, isLittleEndian: isLittleEndian)
            case .utf32(let isLittleEndian): WideReader(width: 4, isLittleEndian: isLittleEndian)
            case .iso2022: ISO2022Reader()
            case .hz: HZReader()
            case .latin1: CodeTable.named("ISO-8859-1").map { TableReader(table: $0, isLatin1: true) }
            case .eucJP: prefixed(CodeTable.eucJP, [([0x8F], CodeTable.named("EUC-JP-MS", prefix: [0x8F]))])
            case .eucJIS2004:
                prefixed(
                    CodeTable.named("EUC-JISX0213"), [([0x8F], CodeTable.named("EUC-JISX0213", prefix: [0x8F]))])
            case .eucTW:
                prefixed(
                    CodeTable.named("EUC-TW"),
                    (0xA1...0xAF as ClosedRange<UInt8>).map { ([0x8E, $0], .named("EUC-TW", prefix: [0x8E, $0])) })
            case .chinese: CodeTable.chinese.map { TableReader(table: $0, hasFourBytes: true) }
            case .big5: CodeTable.big5.map { TableReader(table: $0) }
            case .table(let converter): CodeTable.named(converter).map { TableReader(table: $0) }
            }
        }

        private func prefixed(_ table: CodeTable?, _ prefixes: [([UInt8], CodeTable?)]) -> TableReader? {
            guard let table else { return nil }
            let known = prefixes.compactMap { prefix, table in table.map { (prefix: prefix, table: $0) } }
            return TableReader(table: table, prefixed: known)
        }
    }

    struct Entry: Equatable {
        let preferred: String
        let reading: Reading
    }

    static func entry(_ name: String) -> Entry? {
        name.utf8.count <= CharsetLimits.name ? entries[key(name)] : nil
    }

    /// Letters and digits only, since mailers differ in the rest (UTS #22 §1.4).
    private static func key(_ name: String) -> String {
        String(decoding: name.utf8.filter { $0.isLetter || $0.isDigit }.map(\.lowercased), as: UTF8.self)
    }

    private static let entries: [String: Entry] = {
        var entries: [String: Entry] = ["": Entry(preferred: "US-ASCII", reading: .ascii)]
        for (preferred, reading, aliases) in list {
            let entry = Entry(preferred: preferred, reading: reading)
            entries[key(preferred)] = entry
            for alias in aliases.split(separator: " ") { entries[String(alias)] = entry }
        }
        return entries
    }()

    private static let list: [(String, Reading, String)] =
        [
            ("US-ASCII", .ascii, "ascii usascii ansix341968 ansix341986 iso646us cp367 ibm367 us 646 csascii 7bit"),
            (
                "unknown-8bit", .unlabelled,
                "unknown8bit xunknown unknown 8bit binary xuserdefined none default xdefault csunknown8bit ansi xansi"
                    + " undefined xuser unicode8bit"
            ),
            ("UTF-8", .utf8, "utf8 unicode11utf8 csutf8 xutf8 utf8mb4 utf utf8n unicode20utf8 xunicode20utf8"),
            ("UTF-7", .utf7, "utf7 unicode11utf7 csutf7 xunicode20utf7 unicode20utf7"),
            ("UTF-16", .utf16(isLittleEndian: nil), "csutf16 unicode iso10646ucs2 ucs2 csunicode"),
            ("UTF-16BE", .utf16(isLittleEndian: false), "csutf16be unicodebig unicodefffe"),
            ("UTF-16LE", .utf16(isLittleEndian: true), "csutf16le unicodelittle unicodefeff"),
            ("UTF-32", .utf32(isLittleEndian: nil), "csutf32 ucs4 iso10646ucs4"),
            ("UTF-32BE", .utf32(isLittleEndian: false), "csutf32be"),
            ("UTF-32LE", .utf32(isLittleEndian: true), "csutf32le"),
            ("ISO-2022-JP", .iso2022, "csiso2022jp jis jis7 xjis"),
            ("ISO-2022-JP-1", .iso2022, ""),
            ("ISO-2022-JP-2", .iso2022, "csiso2022jp2"),
            ("ISO-2022-JP-3", .iso2022, ""),
            ("ISO-2022-JP-MS", .iso2022, "windowsiso2022jp xwindowsiso2022jp xmsiso2022jp xwindows5022x xwindows50220"),
            ("ISO-2022-JP-2004", .iso2022, "iso2022jpext"),
            ("CP50220", .iso2022, "windows50220 ibm50220 mscp50220 50220 xwindows50220"),
            ("CP50221", .iso2022, "windows50221 mscp50221 50221 xwindows50221"),
            ("CP50222", .iso2022, "windows50222 mscp50222 50222 xwindows50222"),
            ("ISO-2022-KR", .iso2022, "csiso2022kr"),
            ("ISO-2022-CN", .iso2022, "csiso2022cn iso2022cnext"),
            (
                "EUC-JP", .eucJP,
                "eucjp xeucjp xeuc ujis eucj cseucpkdfmtjapanese extendedunixcodepackedformatforjapanese"
            ),
            ("eucJP-ms", .eucJP, "eucjpms eucjpwin eucjpopen"),
            ("CP51932", .eucJP, "windows51932 51932 xwindows51932 mscp51932"),
            ("EUC-JIS-2004", .eucJIS2004, "eucjisx0213 eucjis2004 eucjpx0213"),
            ("Shift_JIS", .table("CP932"), "sjis xsjis shiftjis csshiftjis mskanji shiftj xshiftjis mssjis pck"),
            (
                "Windows-31J", .table("CP932"),
                "cp932 windows932 ms932 cswindows31j sjiswin sjisopen xmscp932 mscp932 ibm943 cp943 cp943c"
            ),
            ("Shift_JIS-2004", .table("SHIFT_JISX0213"), "shiftjisx0213 sjis2004 sjisx0213 shiftjis2004"),
            (
                "GB2312", .chinese,
                "gb231280 csgb2312 euccn xeuccn chinese csiso58gb231280 isoir58 gb cngb hz8 xgb2312"
            ),
            ("GBK", .chinese, "xgbk cp936 windows936 ms936 936 mscp936"),
            ("GB18030", .chinese, "gb180302000 gb180302005 csgb18030 cp54936 windows54936"),
            ("HZ-GB-2312", .hz, "hz hzgb hzgb2312 cp52936 xhz"),
            ("Big5", .big5, "csbig5 big5eten cnbig5 xxbig5 xbig5 cp950 windows950 950 bigfive mscp950"),
            ("Big5-HKSCS", .table("BIG5-HKSCS"), "big5hkscs hkscs xbig5hkscs cp951"),
            ("EUC-TW", .eucTW, "xeuctw cns11643"),
            (
                "EUC-KR", .table("UHC"),
                "cseuckr ksc56011987 ksc56011989 ksc5601 ksx1001 iso2022kr8 kscsk56011987 csksc56011987 isoir149 korean"
                    + " xeuckr 5601"
            ),
            ("CP949", .table("UHC"), "uhc windows949 ms949 949 xwindows949 mscp949 xuhc xcp949 kscwansung"),
            ("Johab", .table("JOHAB"), "cp1361 ksc5601johab ksc56011992 mscp1361"),
            ("KOI8-R", .table("KOI8-R"), "cskoi8r koi koi8 xkoi8r cp20866 xkoi8"),
            ("KOI8-U", .table("KOI8-U"), "cskoi8u koi8ru cp21866 xkoi8u"),
            ("ISO-8859-1", .latin1, "latin1 l1 isoir100 cp819 ibm819 csisolatin1 iso885911987 88591 isolatin1 xlatin1"),
            ("ISO-8859-2", .table("ISO-8859-2"), "latin2 l2 isoir101 csisolatin2 iso885921987 88592"),
            ("ISO-8859-3", .table("ISO-8859-3"), "latin3 l3 isoir109 csisolatin3 iso885931988 88593"),
            ("ISO-8859-4", .table("ISO-8859-4"), "latin4 l4 isoir110 csisolatin4 iso885941988 88594"),
            ("ISO-8859-5", .table("ISO-8859-5"), "cyrillic isoir144 csisolatincyrillic iso885951988 88595"),
            (
                "ISO-8859-6", .table("ISO-8859-6"),
                "arabic isoir127 ecma114 asmo708 csisolatinarabic iso885961987 88596 iso88596i iso88596e"
            ),
            (
                "ISO-8859-7", .table("ISO-8859-7"),
                "greek greek8 isoir126 ecma118 elot928 csisolatingreek iso885971987 iso885972003 88597"
            ),
            (
                "ISO-8859-8", .table("ISO-8859-8"),
                "hebrew isoir138 csisolatinhebrew iso885981988 88598 iso88598i iso88598e logical visual"
            ),
            ("ISO-8859-9", .table("ISO-8859-9"), "latin5 l5 isoir148 csisolatin5 iso885991989 88599 turkish"),
            ("ISO-8859-10", .table("ISO-8859-10"), "latin6 l6 isoir157 csisolatin6 iso8859101992 885910"),
            ("ISO-8859-11", .table("ISO-8859-11"), "885911 iso8859112001"),
            ("ISO-8859-13", .table("ISO-8859-13"), "latin7 l7 isoir179 885913"),
            ("ISO-8859-14", .table("ISO-8859-14"), "latin8 l8 isoir199 isoceltic 885914 iso8859141998"),
            ("ISO-8859-15", .table("ISO-8859-15"), "latin9 latin0 l9 isoir203 csisolatin9 885915 iso8859151998"),
            ("ISO-8859-16", .table("ISO-8859-16"), "latin10 l10 isoir226 885916 iso8859162001"),
            ("TIS-620", .table("CP874"), "tis620 tis6200 tis62025330 thai cstis620"),
            ("windows-874", .table("CP874"), "cp874 dos874 xwindows874"),
            ("VISCII", .table("VISCII"), "viscii11 csviscii"),
            ("TCVN", .table("TCVN"), "tcvn5712 tcvn57121 xviettcvn5712"),
            ("ARMSCII-8", .table("ARMSCII-8"), "armscii8"),
            ("GEORGIAN-PS", .table("GEORGIAN-PS"), ""),
            ("GEORGIAN-ACADEMY", .table("GEORGIAN-ACADEMY"), ""),
            ("KOI8-T", .table("KOI8-T"), ""),
            ("PTCP154", .table("PT154"), "pt154 cp154 cyrillicasian csptcp154"),
            ("hp-roman8", .table("HP-ROMAN8"), "roman8 r8 cshproman8"),
            ("macintosh", .table("MACINTOSH"), "mac macroman xmacroman csmacintosh xmac"),
            ("x-mac-cyrillic", .table("MAC-CYRILLIC"), "maccyrillic xmacukrainian cp10007"),
            ("x-mac-ce", .table("MAC-CENTRALEUROPE"), "macce xmaccentraleurroman cp10029 maccentraleurope"),
        ] + windows + dos

    private static let windows: [(String, Reading, String)] = (1250...1258).map {
        ("windows-\($0)", .table("CP\($0)"), "cp\($0) xcp\($0) win\($0) mscp\($0) windows\($0) cswindows\($0) \($0)")
    }

    private static let dos: [(String, Reading, String)] =
        [437, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 1125].map {
            (
                "IBM\($0)", .table("CP\($0)"),
                "cp\($0) \($0) csibm\($0) cspc\($0) pc\($0) xcp\($0) ibm00\($0) ccsid00\($0)"
            )
        }
}
