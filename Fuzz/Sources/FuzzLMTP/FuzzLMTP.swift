import Fuzzing

@main enum FuzzLMTP {
    static func main() {
        let machine = MachineCheck(.lmtp)
        fuzz(machine.check, show: machine.show)
    }
}
