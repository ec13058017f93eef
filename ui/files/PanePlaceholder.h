// PanePlaceholder: what a file pane shows while the files of its place can not be reached.

#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

class PanePlace;

class PanePlaceholder final : public QWidget
{
    Q_OBJECT

public:
    // `idPrefix` begins the object names: "remotePlaceholder".
    explicit PanePlaceholder(const QString &idPrefix, QWidget *parent = nullptr);

    // Offers to connect where another tab does that, once it is seen.
    void showPlace(const PanePlace &place);

signals:
    void connectRequested();

private:
    QLabel *m_text;
    QPushButton *m_connect;
};

} // namespace ui
