// CenteredColumn: rows of widgets in the middle of an otherwise empty page, a little above its
// center, and no wider than a given number of characters so that prose stays readable.

#pragma once

#include <QWidget>

class QVBoxLayout;

namespace ui {

class CenteredColumn final : public QWidget
{
    Q_OBJECT

public:
    explicit CenteredColumn(int widthInCharacters, QWidget *parent = nullptr);

    QVBoxLayout &rows() const { return *m_rows; }

private:
    QVBoxLayout *m_rows;
};

} // namespace ui
