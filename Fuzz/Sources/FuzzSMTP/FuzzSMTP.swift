import Fuzzing

@main enum FuzzSMTP {
    static func main() {
        let machine = MachineCheck(.smtp)
        fuzz(machine.check, show: machine.show)
    }
}
