// KeyboardPage: what the window, panes and terminals can do, with its keys, which can be changed.

#pragma once

#include "ui/keyboard/KeyBindings.h"
#include "ui/settings/SettingsPage.h"

#include <array>

class QBoxLayout;
class QKeySequenceEdit;
class QLineEdit;
class QPushButton;
class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace ui {

class PlainLabel;
class SheetHost;

class KeyboardPage final : public SettingsPage
{
    Q_OBJECT

public:
    // Borrowed: where questions are asked. The commands are those of KeyBindings::shared().
    explicit KeyboardPage(SheetHost &host, QWidget *parent = nullptr);

    void load() override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QLayout *createEditor();
    void addField(size_t field, QBoxLayout &row);
    void fill();
    QTreeWidgetItem *createGroup(KeyBindings::Scope scope);
    void showKeys(); // of all commands, in the list
    void showChosen(); // in the fields
    void filter(const QTreeWidgetItem *kept); // which is shown in any case; null: none
    void chooseShown();
    void choose(size_t field, const QKeySequence &key);
    void take();
    void setKey(size_t field, const QKeySequence &key); // empty: it has one less
    void askForAllUsual();
    QString remark() const;
    const KeyBindings::Command *chosen() const;

    SheetHost &m_host;
    KeyBindings &m_bindings;
    QLineEdit *m_filter;
    QTreeWidget *m_list;
    PlainLabel *m_name;
    std::array<QKeySequenceEdit *, 2> m_fields; // more keys than that no command needs
    std::array<QToolButton *, 2> m_removers; // of the same place
    QPushButton *m_usual;
    QPushButton *m_allUsual;
    PlainLabel *m_remark;
    PlainLabel *m_problem;
    QPushButton *m_take;
    size_t m_takingField = 0; // what m_take would do
    QKeySequence m_taken;
};

} // namespace ui
