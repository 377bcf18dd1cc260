/// Numbers in what others wrote. Each reads within the span, or traps: whoever asks has looked at its length.
extension Span where Element == UInt8 {
    @inline(__always) func big16(_ offset: Int) -> UInt16 {
        UInt16(self[offset]) << 8 | UInt16(self[offset + 1])
    }

    @inline(__always) func big32(_ offset: Int) -> UInt32 {
        UInt32(big16(offset)) << 16 | UInt32(big16(offset + 2))
    }

    @inline(__always) func big64(_ offset: Int) -> UInt64 {
        UInt64(big32(offset)) << 32 | UInt64(big32(offset + 4))
    }

    @inline(__always) func little16(_ offset: Int) -> UInt16 { big16(offset).byteSwapped }
    @inline(__always) func little32(_ offset: Int) -> UInt32 { big32(offset).byteSwapped }
}
