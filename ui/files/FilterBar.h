// FilterBar: the field under a file list that leaves only the names which match. Hidden until it
// is asked for, and shown as long as it hides anything.

#pragma once

#include <QLineEdit>

namespace ui {

class FilterBar final : public QLineEdit
{
    Q_OBJECT

public:
    explicit FilterBar(QWidget *parent = nullptr);

    void open(); // and takes the focus
    // Empties and hides it; left() follows if it had the focus.
    void dismiss();

signals:
    void patternChanged(const QString &pattern); // as files::NameFilter takes it
    void left(); // Escape, Enter or the arrow to the list above

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace ui
