package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.CancellationToken;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of a lock by hand, run by this machine's {@code sh} in an odd place. */
class ManualLockScriptTest {
    private static final Instant TEN = Instant.parse("2026-01-01T10:11:12Z");
    private static final ManualOwner ALICE =
            new ManualOwner("alice@laptop", TEN, "it's $(moving) \\ the database", "token-1");
    private static final ManualOwner BOB = new ManualOwner("bob@desk", TEN, "lunch", "token-2");

    @TempDir
    private Path temp;

    private final List<String> said = new ArrayList<>();
    private Path root = Path.of("");
    private ManualLockCommands commands = new ManualLockCommands("/nowhere");

    @BeforeEach
    void makeRoot() {
        root = temp.resolve("bob's $(shop) \\ 1%s");
        commands = new ManualLockCommands(root.toString());
    }

    private int sh(String script) throws IOException {
        said.clear();
        return LocalCommand.shell(script, temp, Map.of()).run(said::add, CancellationToken.create());
    }

    @Test
    void unlock_whereTheDirectoryCannotBeEntered_doesNotSayThatItIsFree() throws IOException {
        Files.createFile(root);

        assertThat(sh(commands.unlock(false))).isEqualTo(1);
        assertThat(said).singleElement().asString().startsWith(root + " is not a directory that ");
    }

    private Path lock() {
        return root.resolve(".deployflow/lock");
    }

    private List<String> left() throws IOException {
        try (Stream<Path> list = Files.list(root.resolve(".deployflow"))) {
            return list.map(path -> path.getFileName().toString()).toList();
        }
    }

    private void lockOf(String holder, String owner) throws IOException {
        Files.createDirectories(lock());
        Files.writeString(lock().resolve("owner"), holder + "\n" + owner + "\n");
    }

    private LocalSession deploy() throws IOException {
        LocalSession deploy = LocalSession.of(
                root,
                new LockCommands(root.toString())
                        .take(new LockCommands.Claim("carol@ci since today, deploying shop", "word")));
        assertThat(deploy.line("locked|held .*|.* cannot be written.*")).isEqualTo("locked");
        return deploy;
    }

    @Test
    void lock_whereNothingIsYet_outlivesItsScriptAndNamesItsOwner() throws IOException {
        assertThat(sh(commands.lock(ALICE))).isZero();

        assertThat(said).containsExactly("locked");
        assertThat(lock().resolve("owner")).hasContent("manual\n" + ALICE.text() + "\ntoken-1");
    }

    @Test
    void lock_whereSomebodyHasLockedByHand_namesThatOneAndLeavesIt() throws IOException {
        sh(commands.lock(ALICE));

        assertThat(sh(commands.lock(BOB))).isEqualTo(LockCommands.HELD);
        assertThat(said).containsExactly("manual " + ALICE.text());
        assertThat(lock().resolve("owner")).hasContent("manual\n" + ALICE.text() + "\ntoken-1");
    }

    @Test
    void lock_whereADeployIsUnderWay_namesItAndLeavesIt() throws Exception {
        LocalSession deploy = deploy();

        assertThat(sh(commands.lock(BOB))).isEqualTo(LockCommands.HELD);
        assertThat(said).containsExactly("held carol@ci since today, deploying shop");

        deploy.close();
        assertThat(left()).isEmpty();
    }

    @Test
    void lock_whereAHolderIsGone_takesOver() throws IOException {
        lockOf("another-boot 1 1", "dave@ci since long ago");

        assertThat(sh(commands.lock(BOB))).isZero();
        assertThat(said).containsExactly("stale dave@ci since long ago", "locked");
        assertThat(left()).containsExactly("lock");
    }

    @Test
    void take_whereAPersonLockedByHand_neverTakesItForStale() throws IOException {
        sh(commands.lock(ALICE));
        Files.setLastModifiedTime(lock(), FileTime.from(Instant.EPOCH));

        assertThat(sh("me='boot 1 1'\n"
                        + new LockCommands(root.toString()).take(new LockCommands.Claim("carol@ci", "word"))))
                .isEqualTo(LockCommands.HELD);
        assertThat(said).containsExactly("manual " + ALICE.text());
        assertThat(lock()).exists();
    }

    @Test
    void lock_whereTheDirectoryCannotBeMade_saysWhoCannot() throws IOException {
        Files.writeString(temp.resolve("file"), "");

        assertThat(sh(new ManualLockCommands(temp + "/file/shop").lock(BOB))).isEqualTo(LockCommands.UNWRITABLE);
        assertThat(said).last().asString().startsWith(temp + "/file/shop cannot be written by ");
    }

    @Test
    void unlock_whereAPersonLockedByHand_removesItAndSaysWhose() throws IOException {
        sh(commands.lock(ALICE));

        assertThat(sh(commands.unlock(false))).isZero();
        assertThat(said).containsExactly("unlocked " + ALICE.text());
        assertThat(left()).isEmpty();
    }

    @Test
    void unlock_whereNothingIsLocked_saysSo() throws IOException {
        assertThat(sh(commands.unlock(false))).isZero();
        assertThat(said).containsExactly("free");
        Files.createDirectories(root);
        assertThat(sh(commands.unlock(true))).isZero();
        assertThat(said).containsExactly("free");
    }

    @Test
    void unlock_whereADeployIsUnderWay_removesItsLockOnlyWhenForced() throws Exception {
        LocalSession deploy = deploy();

        assertThat(sh(commands.unlock(false))).isEqualTo(LockCommands.HELD);
        assertThat(said).containsExactly("held carol@ci since today, deploying shop");
        assertThat(lock()).exists();

        assertThat(sh(commands.unlock(true))).isZero();
        assertThat(said).containsExactly("forced carol@ci since today, deploying shop");
        assertThat(left()).isEmpty();
        deploy.close();
    }

    @Test
    void unlock_whereTheHolderIsGone_removesItsLock() throws IOException {
        lockOf("another-boot 1 1", "dave@ci since long ago");

        assertThat(sh(commands.unlock(false))).isZero();
        assertThat(said).containsExactly("stale dave@ci since long ago");
        assertThat(left()).isEmpty();
    }

    @Test
    void unlock_afterOneThatWasKilledInTheMiddle_removesWhatThatOneLeft() throws IOException {
        sh(commands.lock(ALICE));
        Path grave = Files.createDirectories(root.resolve(".deployflow/lock.of-manual"));
        Files.setLastModifiedTime(grave, FileTime.from(Instant.EPOCH));

        assertThat(sh(commands.unlock(false))).isEqualTo(LockCommands.UNWRITABLE);
        assertThat(sh(commands.unlock(false))).isZero();
        assertThat(left()).isEmpty();
    }

    @Test
    void takeBack_ofAnotherOwner_removesNothing() throws IOException {
        sh(commands.lock(ALICE));
        ManualOwner sameWords = new ManualOwner(ALICE.person(), ALICE.since(), ALICE.why(), "token-3");

        assertThat(sh(commands.takeBack(BOB))).isZero();
        assertThat(sh(commands.takeBack(sameWords))).isZero();
        assertThat(lock()).exists();

        assertThat(sh(commands.takeBack(ALICE))).isZero();
        assertThat(said).containsExactly("unlocked " + ALICE.text());
        assertThat(left()).isEmpty();
    }
}
