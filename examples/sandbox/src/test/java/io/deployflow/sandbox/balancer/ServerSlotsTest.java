package io.deployflow.sandbox.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.sandbox.port.Backend;
import io.deployflow.sandbox.port.Backend.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerSlotsTest {
    private final ServerSlots slots = new ServerSlots(2);

    @Test
    void change_whenABackendIsNew_givesItASlotAndTraffic() {
        assertThat(slots.change(List.of(backend(1001, State.READY))))
                .containsExactly(
                        "set server targets/slot1 addr 127.0.0.1 port 1001", "set server targets/slot1 state ready");
    }

    @Test
    void change_whenNothingChanged_sendsNothing() {
        slots.change(List.of(backend(1001, State.READY)));

        assertThat(slots.change(List.of(backend(1001, State.READY)))).isEmpty();
    }

    @Test
    void change_whenOneComesAndOneGoes_letsTheNewOneInFirst() {
        slots.change(List.of(backend(1001, State.READY)));

        assertThat(slots.change(List.of(backend(1001, State.DRAINING), backend(1002, State.READY))))
                .containsExactly(
                        "set server targets/slot2 addr 127.0.0.1 port 1002",
                        "set server targets/slot2 state ready",
                        "set server targets/slot1 state drain");
    }

    @Test
    void change_whenTrafficShifts_letsTheOneThatGetsMoreHaveItFirst() {
        slots.change(List.of(weighted(1001, 256), weighted(1002, 0)));

        assertThat(slots.change(List.of(weighted(1001, 0), weighted(1002, 256))))
                .containsExactly("set server targets/slot2 weight 256", "set server targets/slot1 weight 0");
    }

    @Test
    void change_whenASlotIsTakenAgain_setsItsWeightAnew() {
        slots.change(List.of(weighted(1001, 0)));
        slots.change(List.of(weighted(1002, 256)));

        assertThat(slots.change(List.of(weighted(1002, 256), weighted(1003, 256))))
                .containsExactly(
                        "set server targets/slot1 addr 127.0.0.1 port 1003",
                        "set server targets/slot1 weight 256",
                        "set server targets/slot1 state ready");
    }

    @Test
    void change_whenABackendIsGone_freesItsSlotForLater() {
        slots.change(List.of(backend(1001, State.READY)));
        assertThat(slots.change(List.of())).containsExactly("set server targets/slot1 state maint");

        assertThat(slots.change(List.of(backend(1002, State.READY))))
                .first()
                .asString()
                .contains("slot2");
        assertThat(slots.change(List.of(backend(1002, State.READY), backend(1003, State.DOWN))))
                .containsExactly(
                        "set server targets/slot1 addr 127.0.0.1 port 1003", "set server targets/slot1 state drain");
    }

    @Test
    void change_whenThereAreTooManyBackends_saysSo() {
        List<Backend> three = List.of(backend(1, State.READY), backend(2, State.READY), backend(3, State.READY));

        assertThatThrownBy(() -> slots.change(three)).hasMessageContaining("at most 2 targets");
    }

    private static Backend weighted(int port, int weight) {
        return new Backend("127.0.0.1", port, State.READY, weight);
    }

    private static Backend backend(int port, State state) {
        return new Backend("127.0.0.1", port, state);
    }
}
