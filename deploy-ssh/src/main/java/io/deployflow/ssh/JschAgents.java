package io.deployflow.ssh;

import com.jcraft.jsch.AgentConnector;
import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Buffer;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.SSHAgentConnector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The keys of SSH agents; each agent is asked for its list once. */
final class JschAgents {
    // Long enough for a person to confirm a key's use; a list comes at once, or never.
    private static final Duration TO_LIST = Duration.ofSeconds(5);
    private static final Duration TO_SIGN = Duration.ofSeconds(60);

    private final Duration toList;
    private final Map<Path, Agent> agents = new HashMap<>();

    JschAgents() {
        this(TO_LIST);
    }

    /**
     * Asks agents.
     *
     * @param toList how long an agent may take to list its keys
     */
    JschAgents(Duration toList) {
        this.toList = toList;
    }

    /**
     * An agent's keys.
     *
     * @param keys in its own order
     * @param trouble why it gave none; otherwise empty
     */
    record Agent(List<Identity> keys, String trouble) {}

    /** The keys of the agent behind a socket. */
    synchronized Agent at(Path socket) {
        return agents.computeIfAbsent(socket, this::ask);
    }

    private Agent ask(Path socket) {
        try {
            Patient connector = new Patient(new SSHAgentConnector(socket), toList);
            AgentIdentityRepository keys = new AgentIdentityRepository(connector);
            List<Identity> list = List.copyOf(keys.getIdentities());
            connector.limit = TO_SIGN;
            return new Agent(list, connector.trouble);
        } catch (AgentProxyException e) {
            return new Agent(List.of(), String.valueOf(e.getMessage()));
        }
    }

    /** Asks the agent on a thread of its own, which can be left where the agent hangs. */
    private static final class Patient implements AgentConnector {
        private final AgentConnector agent;
        private volatile Duration limit;
        private volatile String trouble = "";

        Patient(AgentConnector agent, Duration limit) {
            this.agent = agent;
            this.limit = limit;
        }

        @Override
        public void query(Buffer buffer) throws AgentProxyException {
            FutureTask<Void> task = new FutureTask<>(() -> {
                agent.query(buffer);
                return null;
            });
            Thread thread = new Thread(task, "deployflow-agent");
            thread.setDaemon(true);
            thread.start();
            try {
                task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                throw failed("no answer within " + limit.toMillis() + " ms");
            } catch (ExecutionException e) {
                throw failed(String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failed("interrupted");
            }
        }

        private AgentProxyException failed(String why) {
            trouble = why;
            return new AgentProxyException(why);
        }

        @Override
        public String getName() {
            return agent.getName();
        }

        @Override
        public boolean isAvailable() {
            return agent.isAvailable();
        }
    }
}
