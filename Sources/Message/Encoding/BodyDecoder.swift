import Wire

/// Takes the transfer encoding off a body that arrives line by line, and these in pieces.
protocol BodyDecoder {
    /// More of a line, without its end.
    mutating func content(_ bytes: UnsafeBufferPointer<UInt8>, at offset: UInt64)
    mutating func lineEnd(isCRLF: Bool)
    mutating func finish()
}

enum BodyLines {
    /// Feeds a whole body.
    static func feed(_ bytes: [UInt8], to decoder: inout some BodyDecoder) {
        bytes.span.withUnsafeBufferPointer { buffer in
            var start = 0
            while start < buffer.count {
                guard let lf = bytes.span.firstIndex(of: Byte.lf, from: start) else {
                    decoder.content(UnsafeBufferPointer(rebasing: buffer[start...]), at: UInt64(start))
                    break
                }
                let isCRLF = lf > start && buffer[lf - 1] == Byte.cr
                let end = isCRLF ? lf - 1 : lf
                if end > start {
                    decoder.content(UnsafeBufferPointer(rebasing: buffer[start..<end]), at: UInt64(start))
                }
                decoder.lineEnd(isCRLF: isCRLF)
                start = lf + 1
            }
        }
        decoder.finish()
    }
}
