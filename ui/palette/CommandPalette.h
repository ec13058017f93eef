// CommandPalette: one field over the window that finds sessions, tabs and actions by their names.
//
// Up and Down choose, Enter runs, Escape and a click elsewhere close it. It takes the focus and
// gives it back.

#pragma once

#include "ui/palette/PaletteModel.h"
#include "ui/widgets/Panel.h"

#include <QPointer>

class QLineEdit;
class QListView;

namespace ui {

class PlainLabel;

class CommandPalette final : public Panel
{
    Q_OBJECT

public:
    // Over `window`, hidden.
    explicit CommandPalette(QWidget &window);
    ~CommandPalette() override;

    // `otherwise` makes of what was typed an item that stands last: absent title, no item.
    void open(const QList<PaletteItem> &items,
              const std::function<PaletteItem(const QString &)> &otherwise);

signals:
    void left(); // what had the focus before is not to be seen any more

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; // keys of the field; the window

private:
    void search(const QString &typed);
    void place();
    void step(int by);
    void run(const QModelIndex &index);
    void close();
    bool handleKey(int key);

    QWidget &m_window;
    QLineEdit *m_field;
    QListView *m_list;
    PlainLabel *m_nothing;
    PaletteModel *m_model;
    std::function<PaletteItem(const QString &)> m_otherwise;
    QPointer<QWidget> m_focusBefore;
};

} // namespace ui
