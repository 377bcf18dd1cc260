import Conversation
import Fuzzing

/// Hears each conversation in every protocol that is read as lines.
@main enum FuzzPlain {
    static func main() {
        let machines = [DialectName.plain, .nntp, .ftp, .sieve, .irc].map { (name: $0, check: MachineCheck($0)) }
        fuzz(
            { (input) throws(Violation) in
                for machine in machines {
                    do throws(Violation) {
                        try machine.check.check(input)
                    } catch {
                        throw Violation("\(machine.name): \(error.what)")
                    }
                }
            },
            show: { machines[0].check.show($0) })
    }
}
