#include "ui/keyboard/KeyBindings.h"

#include "settings/Settings.h"
#include "ui/keyboard/WindowKeys.h"

#include <QAction>
#include <QWidget>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

using Scope = KeyBindings::Scope;

constexpr const char *explained = "explained"; // the property with the text of a tool tip

QString idOf(Scope scope, const QString &name)
{
    switch (scope) {
    case Scope::Files:
        return QStringLiteral("files/") + name;
    case Scope::Terminal:
        return QStringLiteral("terminal/") + name;
    case Scope::Window:
        break;
    }
    return QStringLiteral("window/") + name;
}

// Files and terminals never have the focus at the same time, and the keys of files come first.
bool meet(Scope first, Scope second)
{
    return first == second || (first != Scope::Files && second != Scope::Files);
}

bool isFunctionKey(Qt::Key key)
{
    return key >= Qt::Key_F1 && key <= Qt::Key_F35;
}

// Without Ctrl, Alt or Meta: the others type, move or choose.
bool isFitAlone(QKeyCombination key, Scope scope)
{
    if (isFunctionKey(key.key())) {
        return true;
    }
    const bool hasShift = key.keyboardModifiers().testFlag(Qt::ShiftModifier);
    switch (key.key()) {
    case Qt::Key_Insert:
        return hasShift && scope != Scope::Window;
    case Qt::Key_Delete:
        return scope == Scope::Files;
    case Qt::Key_Backspace:
        return scope == Scope::Files && !hasShift;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return scope == Scope::Files && hasShift;
    default:
        return false;
    }
}

QString plainText(QString text)
{
    return text.remove(u'&').remove(QChar(u'…'));
}

} // namespace

KeyBindings &KeyBindings::shared()
{
    static KeyBindings bindings;
    return bindings;
}

void KeyBindings::useSettings(settings::Settings &settings)
{
    m_settings = &settings;
    load();
    emit changed();
}

void KeyBindings::declare(Scope scope, const QString &name, const QString &title,
                          const QList<QKeySequence> &usual)
{
    const QString id = idOf(scope, name);
    if (find(id) == nullptr) {
        m_commands.append({id, scope, plainText(title), usual});
    }
}

void KeyBindings::bind(QAction &action, Scope scope, const QString &name,
                       const QList<QKeySequence> &usual)
{
    declare(scope, name, action.text(), usual);
    const auto apply
        = [this, target = &action, id = idOf(scope, name)] { target->setShortcuts(keys(id)); };
    apply();
    connect(this, &KeyBindings::changed, &action, apply);
}

const KeyBindings::Command *KeyBindings::find(const QString &id) const
{
    const auto found = std::ranges::find(m_commands, id, &Command::id);
    return found == m_commands.end() ? nullptr : &*found;
}

QList<QKeySequence> KeyBindings::keys(const QString &id) const
{
    if (const auto chosen = m_chosen.constFind(id); chosen != m_chosen.cend()) {
        return *chosen;
    }
    const Command *command = find(id);
    return command == nullptr ? QList<QKeySequence>() : command->usual;
}

bool KeyBindings::isChosen(const QString &id) const
{
    return m_chosen.contains(id);
}

void KeyBindings::choose(const QString &id, const QList<QKeySequence> &keys)
{
    if (const Command *command = find(id); command != nullptr && command->usual == keys) {
        m_chosen.remove(id);
    } else {
        m_chosen.insert(id, keys);
    }
    keep();
    emit changed();
}

void KeyBindings::chooseUsual(const QString &id)
{
    m_chosen.remove(id);
    keep();
    emit changed();
}

void KeyBindings::chooseUsualForAll()
{
    m_chosen.removeIf([this](const auto &chosen) { return find(chosen.key()) != nullptr; });
    keep();
    emit changed();
}

std::optional<KeyBindings::Command> KeyBindings::holder(const QKeySequence &key,
                                                        const QString &id) const
{
    const Command *command = find(id);
    const auto found = std::ranges::find_if(m_commands, [&](const Command &other) {
        return other.id != id && command != nullptr && meet(command->scope, other.scope)
            && keys(other.id).contains(key);
    });
    return found == m_commands.end() ? std::nullopt : std::optional(*found);
}

QString KeyBindings::whyUnfit(const QKeySequence &key, Scope scope)
{
    const QKeyCombination combination = key[0];
    if (scope == Scope::Terminal && !belongsToWindow(combination)) {
        return tr("%1 is typed into the terminal: choose a key with Ctrl+Shift.")
            .arg(key.toString(QKeySequence::NativeText));
    }
    const bool hasModifier = combination.keyboardModifiers().testAnyFlags(
        Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    if (!hasModifier && !isFitAlone(combination, scope)) {
        return tr("%1 is needed for typing and moving: choose a key with Ctrl or Alt, or one of F1 "
                  "to F35.")
            .arg(key.toString(QKeySequence::NativeText));
    }
    return {};
}

QString KeyBindings::text(const QString &id) const
{
    return keys(id).value(0).toString(QKeySequence::NativeText);
}

void KeyBindings::explain(QWidget &widget, const QString &text, const QString &id)
{
    const auto show = [this, target = &widget, id] {
        const QString said = target->property(explained).toString();
        const QString key = this->text(id);
        target->setToolTip(key.isEmpty() ? said : tr("%1 (%2)").arg(said, key));
    };
    const bool isFollowed = widget.property(explained).isValid();
    widget.setProperty(explained, text);
    show();
    if (!isFollowed) {
        connect(this, &KeyBindings::changed, &widget, show);
    }
}

// Each line is "id=keys"; with no keys nothing follows.
void KeyBindings::load()
{
    m_chosen.clear();
    for (const QString &line : m_settings->value(settings::keys::shortcuts)) {
        const qsizetype end = line.indexOf(u'=');
        QList<QKeySequence> keys
            = QKeySequence::listFromString(line.sliced(end + 1), QKeySequence::PortableText);
        keys.removeIf([](const QKeySequence &key) { return key.isEmpty(); });
        if (end > 0) {
            m_chosen.insert(line.first(end), keys);
        }
    }
}

void KeyBindings::keep()
{
    QStringList lines;
    for (const auto &[id, keys] : std::as_const(m_chosen).asKeyValueRange()) {
        lines.append(id + u'=' + QKeySequence::listToString(keys, QKeySequence::PortableText));
    }
    lines.sort();
    if (m_settings != nullptr) {
        m_settings->setValue(settings::keys::shortcuts, lines);
    }
}

} // namespace ui
