package io.deployflow.cli;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.Deployer;
import io.deployflow.compare.Comparison;
import io.deployflow.event.DeployListener;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Puts the deployer together from our module and those of the jars that joined. */
final class Wiring {
    // Classes made at run time cost a tenth of a second, and pay off only in a process that lives long.
    private static final String BYTECODE = "guice_bytecode_gen_option";

    private Wiring() {}

    /** Has another processor, where there is one, load what {@link #deployer} needs while the words are read. */
    static void warmUp() {
        System.setProperty(BYTECODE, "DISABLED");
        Thread thread = new Thread(Guice::createInjector, "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * A deployer for the targets of the deploy file, which tells the view what happens.
     *
     * @throws ConfigurationException if the file has a mistake, or a jar that joined cannot be wired
     */
    static Deployer deployer(CommonOptions options, View view) {
        return get(Deployer.class, options, view);
    }

    /** A comparison of the targets of the deploy file, which tells the listener what the deploys do. */
    static Comparison.Builder comparison(CommonOptions options, DeployListener listener) {
        return get(Comparison.Builder.class, options, listener);
    }

    private static <T> T get(Class<T> type, CommonOptions options, DeployListener listener) {
        System.setProperty(BYTECODE, "DISABLED");
        try {
            return Guice.createInjector(modules(options, listener)).getInstance(type);
        } catch (ProvisionException e) {
            throw e.getCause() instanceof DeployException known ? known : cannotJoin(causeOf(e));
        } catch (CreationException | ServiceConfigurationError e) {
            throw cannotJoin(e);
        }
    }

    private static List<Module> modules(CommonOptions options, DeployListener view) {
        List<Module> modules = new ArrayList<>();
        modules.add(new CliModule(options, view));
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
