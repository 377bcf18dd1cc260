/// A keyword of a protocol, compared without regard to case as RFC 5321 §2.4 and RFC 1939 §3 ask.
public enum ASCII {
    /// - Returns: true when `bytes` is `keyword` in any case. `keyword` must be upper case.
    @inlinable public static func equal(_ bytes: some Collection<UInt8>, _ keyword: StaticString) -> Bool {
        guard bytes.count == keyword.utf8CodeUnitCount else { return false }
        return keyword.withUTF8Buffer { upper in
            var index = 0
            for byte in bytes {
                if byte.uppercased != upper[index] { return false }
                index += 1
            }
            return true
        }
    }

    /// The bytes as text with ASCII letters in upper case.
    @inlinable public static func uppercased(_ bytes: some Collection<UInt8>) -> String {
        String(unsafeUninitializedCapacity: bytes.count) { buffer in
            var count = 0
            for byte in bytes {
                buffer[count] = byte.uppercased
                count += 1
            }
            return count
        }
    }

    /// Decimal digits as a number; nil when empty, when anything else stands there, or past 64 bits.
    @inlinable public static func number(_ bytes: some Collection<UInt8>) -> UInt64? {
        guard !bytes.isEmpty else { return nil }
        var value: UInt64 = 0
        for byte in bytes {
            guard byte.isDigit else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            let (sum, carry) = product.addingReportingOverflow(UInt64(byte - 0x30))
            guard !carry else { return nil }
            value = sum
        }
        return value
    }

    /// The words between runs of SP and HT.
    @inlinable public static func words(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        bytes.split(whereSeparator: { $0.isBlank })
    }
}
