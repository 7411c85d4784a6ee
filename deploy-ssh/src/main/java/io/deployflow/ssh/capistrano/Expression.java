package io.deployflow.ssh.capistrano;

import io.deployflow.ssh.capistrano.Value.Flag;
import io.deployflow.ssh.capistrano.Value.Items;
import io.deployflow.ssh.capistrano.Value.Table;
import io.deployflow.ssh.capistrano.Value.Text;
import io.deployflow.ssh.capistrano.Value.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tells what an expression of literals and of what was set before is; everything else is unknown. */
final class Expression {
    private final TokenCursor in;
    private final Scope scope;

    private Expression(List<Token> tokens, Scope scope) {
        this.in = new TokenCursor(tokens);
        this.scope = scope;
    }

    /** What one expression is. */
    static Value value(List<Token> tokens, Scope scope) {
        List<Value> all = arguments(tokens, scope);
        return all.size() == 1 ? all.get(0) : new Unknown(all.isEmpty() ? "nothing" : "a list without brackets");
    }

    /** What the arguments of a call are, with or without its parentheses; a hash without braces is the last one. */
    static List<Value> arguments(List<Token> tokens, Scope scope) {
        Expression expression = new Expression(tokens, scope);
        try {
            boolean inParentheses = expression.in.isWrapped() && expression.in.skip("(");
            List<Value> values = expression.list(inParentheses ? ")" : "");
            expression.in.expectEnd();
            return values;
        } catch (NotSimple e) {
            return List.of(new Unknown(String.valueOf(e.getMessage())));
        }
    }

    /** Whether an expression is a block of code that is run when its value is asked for. */
    static boolean isLater(List<Token> tokens) {
        return !tokens.isEmpty()
                && (tokens.get(0).is("->")
                        || tokens.get(0).is("lambda")
                        || tokens.get(0).is("proc"));
    }

    private List<Value> list(String end) {
        List<Value> values = new ArrayList<>();
        Map<String, Value> named = new LinkedHashMap<>();
        while (!in.atEnd() && !in.sees(end)) {
            if (in.skip("*")) {
                values.addAll(or().items());
            } else if (in.seesLabel()) {
                String key = in.next().text();
                named.put(key, entry());
            } else {
                Value value = or();
                if (in.skip("=>")) {
                    named.put(value.text(), entry());
                } else {
                    values.add(value);
                }
            }
            if (!in.skip(",")) {
                break;
            }
        }
        if (!end.isEmpty()) {
            in.expect(end);
        }
        if (!named.isEmpty()) {
            values.add(new Table(named));
        }
        return values;
    }

    // One entry that cannot be told leaves the others of its hash.
    private Value entry() {
        int from = in.place();
        try {
            Value value = or();
            if (in.atEntrysEnd()) {
                return value;
            }
            throw in.notExpected();
        } catch (NotSimple e) {
            in.skipEntry(from);
            return new Unknown(String.valueOf(e.getMessage()));
        }
    }

    // The left side is never false here: a literal, or a variable of the environment that has to be set.
    private Value or() {
        Value left = sum();
        while (in.skip("||") || in.skip("or")) {
            Value otherwise = sum();
            if (left.text().startsWith("${env:")) {
                scope.loseDefault(left.text());
            }
            left = left instanceof Flag flag && !flag.holds() ? otherwise : left;
        }
        return left;
    }

    private Value sum() {
        Value left = postfix();
        while (in.skip("+")) {
            Value right = postfix();
            left = left instanceof Text
                    ? new Text(left.text() + Functions.plain(right))
                    : Functions.joined(left, right);
        }
        return left;
    }

    private Value postfix() {
        Value value = primary();
        while (in.skip(".") || in.skip("&.")) {
            String method = in.next().text();
            List<Value> given = in.skip("(") ? list(")") : List.of();
            value = Functions.call(value, method, given);
        }
        return value;
    }

    private Value primary() {
        Token token = in.next();
        return switch (token.kind()) {
            case TEXT, SYMBOL -> new Text(escaped(token.text()));
            case TEMPLATE -> new Text(filled(token.text()));
            case NUMBER -> new Value.Digits(token.text());
            case WORDS ->
                new Items(Stream.of(token.text().split(" ", -1))
                        .filter(word -> !word.isEmpty())
                        .<Value>map(word -> new Text(escaped(word)))
                        .toList());
            case WORD -> word(token.text());
            case SIGN -> bracket(token.text());
            default -> throw new NotSimple(token.text());
        };
    }

    private Value bracket(String sign) {
        if (sign.equals("[")) {
            return new Items(list("]"));
        } else if (sign.equals("{")) {
            List<Value> table = list("}");
            return table.isEmpty() ? new Table(Map.of()) : table.get(0);
        } else if (sign.equals("(")) {
            Value value = or();
            in.expect(")");
            return value;
        } else if (sign.equals("->")) {
            if (in.skip("(")) {
                list(")");
            }
            return body();
        }
        throw new NotSimple("'" + sign + "'");
    }

    private Value body() {
        in.expect("{");
        Value value = or();
        in.expect("}");
        return value;
    }

    private Value word(String word) {
        return switch (word) {
            case "true", "false", "nil" -> new Flag(word);
            case "lambda", "proc" -> body();
            case "fetch" -> Functions.fetch(in.sees("(") ? parenthesized() : list(""), scope);
            case "ENV" -> environment();
            case "File" -> file();
            default -> variable(word);
        };
    }

    private Value variable(String name) {
        Value local = scope.local(name);
        if (local == null) {
            throw new NotSimple("'" + name + "'");
        }
        return Functions.known(local);
    }

    private List<Value> parenthesized() {
        in.expect("(");
        return list(")");
    }

    private Value environment() {
        if (in.skip("[")) {
            return Functions.environment(list("]"), scope);
        }
        in.expect(".");
        in.expect("fetch");
        return Functions.environment(parenthesized(), scope);
    }

    private Value file() {
        in.expect(".");
        return Functions.file(in.next().text(), parenthesized());
    }

    private String filled(String raw) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (int start = raw.indexOf("#{"); start >= 0; start = raw.indexOf("#{", from)) {
            int end = Templates.end(raw, start);
            text.append(escaped(Templates.unescaped(raw.substring(from, start))));
            List<Token> inner = Lexer.cut(raw.substring(start + 2, end));
            text.append(Functions.plain(Functions.known(value(inner, scope))));
            from = Math.min(end + 1, raw.length());
        }
        return text.append(escaped(Templates.unescaped(raw.substring(from)))).toString();
    }

    /** What deploy.yml would take for a variable is written twice. */
    private static String escaped(String text) {
        return text.replace("${", "$${");
    }
}
