#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A child whose standard input and output is a socket, so that it can close each direction and ask who speaks; its
/// standard error is a pipe.
struct ChildProcess {
    /// Our end of the child's socket.
    let socket: Int32
    /// What the child says on its standard error.
    let errors: Int32
    let id: pid_t

    /// - Returns: the error number where the child could not be started.
    static func start(_ command: [String], environment extra: [(String, String)]) -> Result<ChildProcess, Errno> {
        var ends: [Int32] = [-1, -1]
        var pipeEnds: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { return .failure(Errno(errno)) }
        guard pipe(&pipeEnds) == 0 else {
            let error = errno
            close(ends[0])
            close(ends[1])
            return .failure(Errno(error))
        }
        for end in ends + pipeEnds { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer {
            close(ends[1])
            close(pipeEnds[1])
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_adddup2(&actions, pipeEnds[1], 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The child gets the signals as any child of inetd does, not as a server with its threads has set them.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = inheritedEnvironment(without: extra.map(\.0)).map {
            strdup($0)
        }
        environment += extra.map { strdup("\($0)=\($1)") } + [nil]
        defer {
            for pointer in arguments + environment { free(pointer) }
        }
        var id: pid_t = 0
        let error = posix_spawnp(&id, command.first ?? "", &actions, &attributes, &arguments, &environment)
        guard error == 0 else {
            close(ends[0])
            close(pipeEnds[0])
            return .failure(Errno(error))
        }
        return .success(ChildProcess(socket: ends[0], errors: pipeEnds[0], id: id))
    }

    /// How the child ended, in words; nil for exit with 0. Blocks until it has.
    func wait() -> String? {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 {
            if errno != EINTR { return nil }
        }
        let signal = status & 0x7F
        let code = (status >> 8) & 0xFF
        if signal != 0 { return "the child was ended by signal \(signal)" }
        return code == 0 ? nil : "the child exited with \(code)"
    }

    private static func inheritedEnvironment(without names: [String]) -> [String] {
        var result: [String] = []
        var pointer = environ
        while let entry = pointer.pointee {
            let text = String(cString: entry)
            if !names.contains(where: { text.hasPrefix($0 + "=") }) { result.append(text) }
            pointer += 1
        }
        return result
    }
}

/// An error number with its text.
struct Errno: Error, CustomStringConvertible {
    let number: Int32
    init(_ number: Int32) { self.number = number }
    var description: String { String(cString: strerror(number)) }
}
