#include "app/QtOptions.h"

#include "app/ArgumentText.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace app {
namespace {

enum class Value { None, Next, NextOrSame };

struct Known
{
    const char *name;
    Value value;
};

// Qt 6.8, qguiapplication.cpp and qapplication.cpp: with "=" it takes the style alone.
constexpr std::array<Known, 13> known{{{"platform", Value::Next},
                                       {"platformpluginpath", Value::Next},
                                       {"platformtheme", Value::Next},
                                       {"plugin", Value::Next},
                                       {"display", Value::Next},
                                       {"geometry", Value::Next},
                                       {"qwindowgeometry", Value::Next},
                                       {"qwindowicon", Value::Next},
                                       {"qwindowtitle", Value::Next},
                                       {"session", Value::Next},
                                       {"reverse", Value::None},
                                       {"style", Value::NextOrSame},
                                       {"stylesheet", Value::NextOrSame}}};

const Known *knownOption(const QByteArray &argument)
{
    if (!argument.startsWith('-')) {
        return nullptr;
    }
    const QByteArray name = argument.sliced(argument.startsWith("--") ? 2 : 1);
    const auto found = std::ranges::find_if(known, [&name](const Known &option) {
        const QByteArray wanted(option.name);
        return name == wanted
            || (option.value == Value::NextOrSame && name.startsWith(wanted + '='));
    });
    return found == known.end() ? nullptr : &*found;
}

} // namespace

base::Result<QtOptions, UsageError> QtOptions::takeFrom(const QByteArrayList &arguments)
{
    QtOptions result;
    for (qsizetype index = 0; index < arguments.size(); ++index) {
        const QByteArray &argument = arguments[index];
        if (argument == "--") {
            result.others += arguments.sliced(index);
            break;
        }
        const Known *option = knownOption(argument);
        if (option == nullptr) {
            result.others.append(argument);
            continue;
        }
        if (result.first.isEmpty()) {
            result.first = argument;
        }
        if (option->value == Value::None || argument.contains('=')) {
            continue;
        }
        if (++index == arguments.size()) {
            return usage(QString::fromLatin1(argument) + u" needs a value."_s);
        }
    }
    return result;
}

} // namespace app
