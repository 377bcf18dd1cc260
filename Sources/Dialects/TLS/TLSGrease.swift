extension UInt16 {
    /// One of the values that mean nothing and are offered to find peers that trip over what they do not know: 0x0A0A,
    /// 0x1A1A and so on to 0xFAFA (RFC 8701 §2).
    var isGreased: Bool { self & 0x0F0F == 0x0A0A && self >> 8 == self & 0xFF }

    /// Four digits in lower case.
    var hexadecimal: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
