package io.deployflow.ssh.capistrano;

import io.deployflow.ssh.capistrano.Value.Items;
import io.deployflow.ssh.capistrano.Value.Table;
import io.deployflow.ssh.capistrano.Value.Text;
import io.deployflow.ssh.capistrano.Value.Unknown;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The few functions and methods of Ruby and Capistrano whose results can be told. */
final class Functions {
    private static final Set<String> SAME =
            Set.of("to_s", "to_sym", "freeze", "strip", "chomp", "dup", "uniq", "flatten", "compact", "to_a", "call");

    private Functions() {}

    /** A method of a value. */
    static Value call(Value value, String method, List<Value> given) {
        if (SAME.contains(method) && given.isEmpty()) {
            return value;
        } else if ((method.equals("push") || method.equals("append")) && value instanceof Items) {
            return joined(value, new Items(given));
        } else if (method.equals("concat") && given.size() == 1) {
            return joined(value, given.get(0));
        }
        throw new NotSimple("the method '" + method + "'");
    }

    /** Two lists in one. */
    static Value joined(Value left, Value right) {
        if (!(left instanceof Items) || !(right instanceof Items)) {
            throw new NotSimple("a sum of what is no text and no list");
        }
        return new Items(
                Stream.concat(left.items().stream(), right.items().stream()).toList());
    }

    /** What was set, or the second argument. */
    static Value fetch(List<Value> given, Scope scope) {
        String key = given.isEmpty() ? "" : given.get(0).text();
        Value value = scope.fetch(key);
        if (value != null) {
            return known(value);
        } else if (given.size() > 1) {
            return given.get(1);
        }
        throw new NotSimple("fetch(:" + key + "), which is not set");
    }

    /** It, unless it is unknown. */
    static Value known(Value value) {
        if (value instanceof Unknown unknown) {
            throw new NotSimple(unknown.why());
        }
        return value;
    }

    /** A variable of the environment, as deploy.yml has it. */
    static Value environment(List<Value> given, Scope scope) {
        String name = given.isEmpty() ? "" : given.get(0).text();
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new NotSimple("a computed variable of the environment");
        }
        String variable = "${env:" + name + "}";
        if (given.size() > 1) {
            scope.loseDefault(variable);
        }
        return new Text(variable);
    }

    /** A method of {@code File}. */
    static Value file(String method, List<Value> given) {
        if (method.equals("join")) {
            return new Text(given.stream()
                    .map(Functions::plain)
                    .collect(Collectors.joining("/"))
                    .replace("//", "/"));
        } else if (method.equals("expand_path")
                && given.size() == 1
                && given.get(0).text().startsWith("~/")) {
            return given.get(0);
        }
        throw new NotSimple("File." + method);
    }

    /** How a value reads in a text. */
    static String plain(Value value) {
        if (value instanceof Items || value instanceof Table || value instanceof Unknown) {
            throw new NotSimple("a list in a text");
        }
        return value.text();
    }
}
