package io.deployflow.cli;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.DeployFile;
import io.deployflow.Deployer;
import io.deployflow.compare.Comparison;
import io.deployflow.event.DeployListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Puts the deployer together from our module and those of the jars that joined. */
final class Wiring {
    // Classes made at run time cost a tenth of a second, and pay off only in a process that lives long.
    private static final String BYTECODE = "guice_bytecode_gen_option";

    private Wiring() {}

    /** Makes an injector once, for nothing: the first takes ten times as long as the next. */
    static void practise() {
        System.setProperty(BYTECODE, "DISABLED");
        Guice.createInjector();
    }

    /**
     * A deployer for the targets of the deploy file, which tells the view what happens.
     *
     * @throws ConfigurationException if the file has a mistake, or a jar that joined cannot be wired
     */
    static Deployer deployer(CommonOptions options, View view, HeadStart headStart) {
        return get(Deployer.class, new CliModule(options.file(), options.targets(), view, headStart));
    }

    /** A comparison of the targets of the deploy file, which tells the listener what the deploys do. */
    static Comparison.Builder comparison(CommonOptions options, DeployListener listener) {
        return get(
                Comparison.Builder.class, new CliModule(options.file(), options.targets(), listener, HeadStart.none()));
    }

    /** A deployer for all targets of a deploy file, which also tells a listener. */
    static Deployer deployer(Path file, DeployListener listener) {
        return get(Deployer.class, new CliModule(file, List.of(), listener, HeadStart.none()));
    }

    /**
     * The deploy file, read with the adapters that there are.
     *
     * @throws ConfigurationException if the file has a mistake, or a jar that joined cannot be wired
     */
    static DeployFile deployFile(Path file) {
        return get(DeployFile.class, new CliModule(file, List.of(), event -> {}, HeadStart.none()));
    }

    private static <T> T get(Class<T> type, CliModule ours) {
        System.setProperty(BYTECODE, "DISABLED");
        try {
            return Guice.createInjector(modules(ours)).getInstance(type);
        } catch (ProvisionException e) {
            throw e.getCause() instanceof DeployException known ? known : cannotJoin(causeOf(e));
        } catch (CreationException | ServiceConfigurationError e) {
            throw cannotJoin(e);
        }
    }

    private static List<Module> modules(Module ours) {
        List<Module> modules = new ArrayList<>();
        modules.add(ours);
        ServiceLoader.load(Module.class).forEach(modules::add);
        return modules;
    }

    private static Throwable causeOf(ProvisionException e) {
        return e.getCause() == null ? e : e.getCause();
    }

    private static ConfigurationException cannotJoin(Throwable cause) {
        return new ConfigurationException(
                "a jar on the class path cannot join: " + cause.getMessage(),
                "Mend or remove the jar; docs/cli.md says how one joins.",
                null,
                cause);
    }
}
