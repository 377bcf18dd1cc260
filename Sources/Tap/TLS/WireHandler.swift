import Dialects
import NIOCore

/// Stands between a leg's socket and its TLS and sees what passes there: what the peers agree on, and who gives up. On
/// the client's leg it keeps what the client says first, until it is known how it will be answered.
final class WireHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// How a leg's TLS begins, seen from here.
    enum Beginning {
        case clientHello(ClientHello)
        /// What came instead.
        case notTLS(TLSOpening.NotTLS)
    }

    private(set) var watcher = TLSWatcher()
    private let peer: TLSAlert.Sender
    private var opening = TLSOpening()
    private var kept: ByteBuffer?
    private var began: ((Beginning) -> Void)?
    private var context: ChannelHandlerContext?
    /// Nothing of the peer's has passed yet.
    private var isFirst = true
    /// What the peer said in clear where its handshake should begin.
    private(set) var inClear: [UInt8] = []
    private static let inClearLimit = 4_096

    /// - Parameter began: for the client's leg, told how TLS begins; what has been read so far waits for `release` then.
    init(_ peer: TLSAlert.Sender, began: ((Beginning) -> Void)? = nil) {
        self.peer = peer
        self.began = began
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        began = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        watch(buffer, from: peer)
        guard kept != nil || began != nil else {
            context.fireChannelRead(data)
            return
        }
        var all = kept ?? ByteBuffer()
        all.writeImmutableBuffer(buffer)
        kept = all
        guard let began else { return }
        let verdict = buffer.withUnsafeReadableBytes { raw in
            opening.received(Span(_unsafeElements: raw.assumingMemoryBound(to: UInt8.self)))
        }
        switch verdict {
        case .incomplete: return
        case .clientHello(let hello):
            self.began = nil
            began(.clientHello(hello))
        case .notTLS(let what):
            self.began = nil
            began(.notTLS(what))
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        watch(unwrapOutboundIn(data), from: peer == .client ? .server : .client)
        context.write(data, promise: promise)
    }

    /// What was kept goes on.
    func release() {
        guard let context, let buffer = kept else { return }
        kept = nil
        context.fireChannelRead(wrapInboundOut(buffer))
        context.fireChannelReadComplete()
    }

    /// What was kept, which goes nowhere from here.
    func take() -> ByteBuffer {
        defer { kept = nil }
        return kept ?? ByteBuffer()
    }

    /// Refuses the peer's hello with a fatal alert (RFC 8446 §6.2), which nobody else can say for us: TLS has not begun.
    /// - Parameter alert: its code.
    func refuse(_ code: UInt8) {
        guard let context else { return }
        let alert = context.channel.allocator.buffer(bytes: [0x15, 3, 3, 0, 2, 2, code])
        context.writeAndFlush(wrapOutboundOut(alert), promise: nil)
    }

    /// Sends words in clear where TLS is awaited.
    func say(_ words: [UInt8]) {
        guard let context else { return }
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: words)), promise: nil)
    }

    /// Closes the connection once all that was said before is written, without a word of TLS.
    func closeSoon() {
        guard let context else { return }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: written)
    }

    /// Looks no longer.
    func leave() {
        guard let context else { return }
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }

    private func watch(_ buffer: ByteBuffer, from sender: TLSAlert.Sender) {
        guard buffer.readableBytes > 0 else { return }
        if sender == peer, isFirst || !inClear.isEmpty {
            isFirst = false
            let isTLS = buffer.readableBytesView.first.map { (0x14...0x18).contains($0) || $0 >= 0x80 } ?? true
            if !isTLS || !inClear.isEmpty {
                inClear += buffer.readableBytesView.prefix(Self.inClearLimit - inClear.count)
            }
        }
        guard !watcher.isDone else { return }
        buffer.withUnsafeReadableBytes { raw in
            watcher.received(Span(_unsafeElements: raw.assumingMemoryBound(to: UInt8.self)), from: sender)
        }
    }
}
