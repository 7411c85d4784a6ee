package io.deployflow.ssh.capistrano;

import io.deployflow.spi.Importer.Leftover;
import io.deployflow.ssh.capistrano.Token.Kind;
import io.deployflow.ssh.capistrano.Value.Items;
import io.deployflow.ssh.capistrano.Value.Text;
import io.deployflow.ssh.capistrano.Value.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the files of one stage in Capistrano's order, and keeps what they say and what it cannot read. */
final class StageReader {
    private final Scope scope = new Scope();
    private final HostsReader hosts = new HostsReader(scope, this::leave);
    private final List<Leftover> leftovers = new ArrayList<>();
    private String file = "";
    private String namespace = "";

    StageReader(String stage) {
        scope.set("stage", new Text(stage), "");
    }

    Scope scope() {
        return scope;
    }

    List<Server> servers() {
        return hosts.servers();
    }

    List<Leftover> leftovers() {
        return leftovers;
    }

    /** Reads one file. */
    StageReader read(String name, String text) {
        file = name;
        Statements.of(text).forEach(this::run);
        return this;
    }

    private void run(Statement statement) {
        String word = statement.word();
        if (word.equals("namespace") && !statement.opener().isEmpty()) {
            String outer = namespace;
            namespace =
                    outer + first(statement.arguments()).map(name -> name + ":").orElse("");
            statement.body().forEach(this::run);
            namespace = outer;
        } else if (word.equals("task")) {
            first(statement.arguments())
                    .ifPresent(task -> leave(statement, "the task " + namespace + task, Advice.CODE));
        } else if (word.equals("before") || word.equals("after")) {
            hook(statement, word);
        } else if (!statement.opener().isEmpty() || statement.isConditional()) {
            leave(statement, "Ruby that is not run: " + statement.shown(), "write what it comes to into deploy.yml");
        } else {
            line(statement, word);
        }
        scope.takeLostDefaults()
                .forEach(variable -> leave(
                        statement,
                        "the default of " + variable,
                        "deploy.yml has none: set the variable where you deploy"));
    }

    private static Optional<String> first(List<Token> arguments) {
        return arguments.stream()
                .filter(token -> !token.is("("))
                .map(Token::text)
                .findFirst();
    }

    private void hook(Statement statement, String word) {
        List<String> names = statement.arguments().stream()
                .filter(token ->
                        token.kind() == Kind.SYMBOL || token.kind() == Kind.TEXT || token.kind() == Kind.TEMPLATE)
                .map(Token::text)
                .toList();
        String point = names.isEmpty() ? "" : names.get(0).contains(":") ? names.get(0) : namespace + names.get(0);
        String tasks = names.size() > 1 ? String.join(", ", names.subList(1, names.size())) : "a block";
        leave(statement, word + " " + point + ": " + tasks, Advice.onHook(word.equals("before"), point));
    }

    private void line(Statement statement, String word) {
        List<Token> arguments = statement.arguments();
        boolean assignment =
                !word.isEmpty() && arguments.size() > 1 && arguments.get(0).is("=");
        switch (assignment ? "=" : word) {
            case "=" -> scope.local(word, Expression.value(arguments.subList(1, arguments.size()), scope));
            case "set", "set_if_empty" -> set(statement, word.equals("set_if_empty"));
            case "append", "remove" -> change(statement, word.equals("append"));
            case "server" -> hosts.server(statement, place(statement));
            case "role" -> hosts.role(statement, place(statement));
            case "require" -> require(statement);
            case "ask" ->
                leave(
                        statement,
                        "ask :" + first(arguments).orElse(""),
                        "nothing is asked: name the revision with --revision, other values with ${env:NAME}");
            case "lock", "desc", "install_plugin", "import", "Rake" -> {}
            case "Dir" -> {}
            default -> leave(statement, "Ruby that is not run: " + statement.shown(), Advice.CODE);
        }
    }

    private void set(Statement statement, boolean ifEmpty) {
        List<Token> tokens = statement.arguments();
        if (!tokens.isEmpty() && tokens.get(0).is("(")) {
            tokens = tokens.subList(1, tokens.size() - 1);
        }
        if (tokens.size() < 3 || !tokens.get(1).is(",") || tokens.get(0).kind() == Kind.OPAQUE) {
            leave(statement, "Ruby that is not run: " + statement.shown(), Advice.CODE);
            return;
        }
        String key = tokens.get(0).text();
        if (ifEmpty && scope.get(key) != null) {
            return;
        }
        List<Token> expression = tokens.subList(2, tokens.size());
        if (Expression.isLater(expression)) {
            scope.setLater(key, expression, place(statement));
        } else {
            List<Value> values = Expression.arguments(expression, scope);
            scope.set(key, values.size() == 1 ? values.get(0) : new Items(values), place(statement));
        }
    }

    private void change(Statement statement, boolean append) {
        List<Value> all = Expression.arguments(statement.arguments(), scope);
        if (all.isEmpty() || all.get(0) instanceof Unknown) {
            leave(statement, "Ruby that is not run: " + statement.shown(), Advice.CODE);
            return;
        }
        String key = all.get(0).text();
        List<Value> given = all.subList(1, all.size()).stream()
                .flatMap(value -> value.items().stream())
                .toList();
        List<Value> before =
                Optional.ofNullable(scope.get(key)).map(Value::items).orElse(List.of());
        List<Value> after = append
                ? Stream.concat(before.stream(), given.stream()).distinct().toList()
                : before.stream().filter(value -> !given.contains(value)).toList();
        scope.set(key, new Items(after), place(statement));
    }

    private void require(Statement statement) {
        first(statement.arguments())
                .flatMap(name ->
                        Advice.onPlugin(name).map(remedy -> new Leftover(place(statement), "require " + name, remedy)))
                .ifPresent(leftovers::add);
    }

    private String place(Statement statement) {
        return file + ":" + statement.line();
    }

    private void leave(Statement statement, String what, String remedy) {
        leftovers.add(new Leftover(place(statement), what, remedy));
    }
}
