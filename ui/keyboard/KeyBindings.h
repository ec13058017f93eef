// KeyBindings: the keys of the program's actions: the usual ones, or those that the user has chosen
// instead.
//
// Windows, panes and terminals make their actions wherever they are made, and which keys these have
// is a matter of the whole program, as its style and its palette are. So there is one object for
// all, shared(). For the GUI thread.

#pragma once

#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>

#include <optional>

class QAction;
class QWidget;

namespace settings {
class Settings;
}

namespace ui {

class KeyBindings final : public QObject
{
    Q_OBJECT

public:
    // Where the keys hold. Those of the window hold in all of it; where a list of files has the
    // focus its own come first.
    enum class Scope { Window, Files, Terminal };

    struct Command
    {
        QString id; // "files/Rename": scope and name, as in the file of settings
        Scope scope;
        QString title; // plain text
        QList<QKeySequence> usual;
    };

    static KeyBindings &shared();

    // From now on what the user has chosen there holds, and what is chosen is kept there. Borrowed,
    // for as long as it lives. What the file says of commands that nobody knows is kept.
    void useSettings(settings::Settings &settings);

    // Makes a command known. Whoever declares it first says its title and its usual keys.
    void declare(Scope scope, const QString &name, const QString &title,
                 const QList<QKeySequence> &usual);

    // Declares the command by the text that the action has now. The action has its keys from then
    // on, also when others are chosen.
    void bind(QAction &action, Scope scope, const QString &name, const QList<QKeySequence> &usual);

    const QList<Command> &commands() const { return m_commands; } // as they were declared
    QList<QKeySequence> keys(const QString &id) const;
    bool isChosen(const QString &id) const; // the keys are not the usual ones

    // One combination each. None: the command has no keys.
    void choose(const QString &id, const QList<QKeySequence> &keys);
    void chooseUsual(const QString &id);
    void chooseUsualForAll();

    // The command that the key would have to be taken from, because Qt does nothing at all for a
    // key that two actions have at the same time; nullopt: it is free.
    std::optional<Command> holder(const QKeySequence &key, const QString &id) const;

    // A sentence on why a command of that scope can not have the key; empty: it can.
    static QString whyUnfit(const QKeySequence &key, Scope scope);

    // The first of its keys as the desktop writes it; empty if it has none.
    QString text(const QString &id) const;

    // Keeps the tool tip of the widget at "text (key)"; another text may be given later.
    void explain(QWidget &widget, const QString &text, const QString &id);

signals:
    void changed(); // some keys

private:
    void load();
    void keep();
    const Command *find(const QString &id) const;

    QPointer<settings::Settings> m_settings;
    QList<Command> m_commands;
    QHash<QString, QList<QKeySequence>> m_chosen; // by id; of unknown ones too
};

} // namespace ui
