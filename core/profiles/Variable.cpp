#include "profiles/Variable.h"

#include <algorithm>

namespace profiles {
namespace {

bool isNamePart(QChar c)
{
    return c == u'_' || (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z')
        || (c >= u'A' && c <= u'Z');
}

} // namespace

std::optional<Variable> Variable::parse(QStringView text)
{
    const qsizetype equals = text.indexOf(u'=');
    if (equals <= 0) {
        return std::nullopt;
    }
    const QStringView name = text.first(equals);
    const QStringView value = text.sliced(equals + 1);
    const bool isName = !name.front().isDigit() && std::ranges::all_of(name, isNamePart);
    const bool isValue = std::ranges::none_of(
        value, [](QChar c) { return c.isNull() || c == u'\n' || c == u'\r'; });
    return isName && isValue ? std::optional(Variable{name.toString(), value.toString()})
                             : std::nullopt;
}

} // namespace profiles
