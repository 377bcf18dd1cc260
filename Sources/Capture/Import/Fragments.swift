/// Puts the fragments of IP datagrams together (RFC 791 §3.2, RFC 8200 §4.5). Where two of them overlap, the first
/// counts. Bounded by `ImportLimits`: the datagram that was begun first is given up.
struct Fragments {
    private struct Key: Hashable {
        var hosts: IPPacket.Hosts
        var identification: UInt32
        var carried: UInt8
    }

    private struct Datagram {
        var bytes: [UInt8] = []
        /// Which bytes are there, in rising order, none touching the next.
        var ranges: [Range<Int>] = []
        /// Known once the last fragment is there.
        var length: Int?

        var isWhole: Bool { length.map { ranges == [0..<$0] } ?? false }

        mutating func add(_ new: Span<UInt8>, at offset: Int) {
            let range = offset..<(offset + new.count)
            if bytes.count < range.upperBound {
                bytes.append(contentsOf: repeatElement(0, count: range.upperBound - bytes.count))
            }
            var free = range.lowerBound
            for taken in ranges where taken.upperBound > free {
                guard free < range.upperBound else { break }
                fill(free..<min(max(taken.lowerBound, free), range.upperBound), from: new, at: offset)
                free = taken.upperBound
            }
            if free < range.upperBound { fill(free..<range.upperBound, from: new, at: offset) }
            var merged = range
            ranges.removeAll { other in
                guard other.lowerBound <= merged.upperBound, merged.lowerBound <= other.upperBound else { return false }
                merged = min(merged.lowerBound, other.lowerBound)..<max(merged.upperBound, other.upperBound)
                return true
            }
            let place = ranges.firstIndex { $0.lowerBound > merged.lowerBound } ?? ranges.count
            ranges.insert(merged, at: place)
        }

        private mutating func fill(_ range: Range<Int>, from new: Span<UInt8>, at offset: Int) {
            for index in range { bytes[index] = new[index - offset] }
        }
    }

    private static let longest = 65_535
    private var open: [Key: Datagram] = [:]
    private var order: [Key] = []
    private var bytes = 0
    /// Datagrams that were given up.
    private(set) var lost = 0

    /// Takes a fragment.
    /// - Returns: the datagram's payload, once all of it is there.
    mutating func add(_ packet: IPPacket, _ fragment: IPPacket.Fragment, _ data: Span<UInt8>) -> [UInt8]? {
        let key = Key(hosts: packet.hosts, identification: fragment.identification, carried: packet.carried)
        // What was cut off by the capture, or lies beyond what a datagram can be, never becomes whole.
        guard packet.missing == 0, data.count > 0, fragment.offset + data.count <= Self.longest,
            open[key].map({ $0.ranges.count < ImportLimits.pieces }) ?? true
        else {
            lost += 1
            return nil
        }
        if open[key] == nil {
            while order.count >= ImportLimits.datagrams || bytes > ImportLimits.fragments { giveUpFirst() }
            order.append(key)
        }
        var datagram = open.removeValue(forKey: key) ?? Datagram()
        bytes -= datagram.bytes.count
        datagram.add(data, at: fragment.offset)
        if !fragment.hasMore, datagram.length == nil { datagram.length = fragment.offset + data.count }
        guard datagram.isWhole else {
            bytes += datagram.bytes.count
            open[key] = datagram
            return nil
        }
        order.removeAll { $0 == key }
        return Array(datagram.bytes.prefix(datagram.length ?? 0))
    }

    private mutating func giveUpFirst() {
        guard !order.isEmpty else { return }
        let key = order.removeFirst()
        if let datagram = open.removeValue(forKey: key) { bytes -= datagram.bytes.count }
        lost += 1
    }
}
